/**
 * {@code pm replay}: {@link org.positionmanager.starter.replay.PathReader} streams a file's quotes,
 * each plan of a {@link org.positionmanager.starter.replay.NamedPlans} is replayed on them, and
 * {@link org.positionmanager.starter.replay.ReplayReport} is told as table, explanation, plot,
 * picture or JSON.
 */
package org.positionmanager.starter.replay;
