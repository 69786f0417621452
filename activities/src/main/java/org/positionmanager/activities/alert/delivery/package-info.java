/**
 * Takes alerts to where people see them: {@link
 * org.positionmanager.activities.alert.delivery.AlertDelivery} asks the ledger what is due at each
 * {@link org.positionmanager.activities.alert.delivery.Endpoint} and sends it, at least once.
 */
package org.positionmanager.activities.alert.delivery;
