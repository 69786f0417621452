/** Turns dispatchers' rows into position workflows, each row into one at most. */
package org.positionmanager.starter.intake;
