/**
 * Orders, holdings and outcomes as workflows speak of them. Three outcomes of a submission and no
 * more: accepted, refused, unknown.
 */
package org.positionmanager.workflows.broker;
