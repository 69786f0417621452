/**
 * The life of one position, from an announced entry to the broker's word that the holding is gone.
 * {@link org.positionmanager.workflows.position.PositionWorkflow} is the story; {@link
 * org.positionmanager.workflows.position.PositionState} is all that survives continue-as-new.
 */
package org.positionmanager.workflows.position;
