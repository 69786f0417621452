/**
 * What a plan would have done on a path of quotes: pure, and by the very rules that judge live.
 *
 * <p>{@link org.positionmanager.workflows.replay.Replay} takes {@link
 * org.positionmanager.workflows.replay.SeenQuote}s one by one, beside as many others as one likes,
 * and answers with a {@link org.positionmanager.workflows.replay.ReplayResult}. {@link
 * org.positionmanager.workflows.replay.BarPath} makes quotes of bars. {@link
 * org.positionmanager.workflows.replay.QuoteThinning} picks which of a live position's quotes are
 * worth recording, so that replaying them gives what really happened.
 */
package org.positionmanager.workflows.replay;
