/** Ports to broker, market data, calendar and ledger, and their adapters. */
package org.positionmanager.activities;
