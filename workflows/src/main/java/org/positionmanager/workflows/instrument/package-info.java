/** What can be held: a stock or an option contract, with its multiplier and increments. */
package org.positionmanager.workflows.instrument;
