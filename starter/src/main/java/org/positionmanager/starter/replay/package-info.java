/**
 * {@code pm replay}: {@link org.positionmanager.starter.replay.PathReader} streams a file's quotes,
 * {@link org.positionmanager.starter.replay.Besides} what else rules need, each plan of a {@link
 * org.positionmanager.starter.replay.NamedPlans} is replayed on them, and {@link
 * org.positionmanager.starter.replay.ReplayReport} is told as table, explanation, plot, picture or
 * JSON; {@link org.positionmanager.starter.replay.Want} tells what was needed and not given.
 */
package org.positionmanager.starter.replay;
