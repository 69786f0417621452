/**
 * Finds Temporal: a configured cluster, else a dev server on a file of our own. {@link
 * org.positionmanager.worker.engine.EngineFinder} tells the order.
 */
package org.positionmanager.worker.engine;
