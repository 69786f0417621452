/**
 * Alerts for people. {@link org.positionmanager.activities.alert.AlertRules} says which there are
 * by what the ledger knows of an account, {@link org.positionmanager.activities.alert.AlertSweep}
 * looks again and again, {@link org.positionmanager.activities.alert.Alerts} keeps them. Nothing
 * here is waited for by an exit.
 */
package org.positionmanager.activities.alert;
