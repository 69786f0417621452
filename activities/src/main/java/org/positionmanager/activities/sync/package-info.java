/**
 * The activities of an account's sync: reads all four sides, carries remedies out, proves coverage.
 * The engine is asked through {@link org.positionmanager.activities.sync.SyncEngine}.
 */
package org.positionmanager.activities.sync;
