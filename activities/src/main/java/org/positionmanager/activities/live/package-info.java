/**
 * Live inputs of an account: {@link org.positionmanager.activities.live.LiveQuotes} and {@link
 * org.positionmanager.activities.live.OrderUpdates} are what a broker's streams bring, {@link
 * org.positionmanager.activities.live.QuoteFeed} fills their gaps by polling, and {@link
 * org.positionmanager.activities.live.QuoteBoard} keeps the newest quote of each instrument. No
 * word of any one broker, no I/O of its own.
 */
package org.positionmanager.activities.live;
