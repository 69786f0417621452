/**
 * Alpaca's WebSocket streams: {@link org.positionmanager.simulator.stream.TradeUpdates} of accounts
 * and {@link org.positionmanager.simulator.stream.DataStream}s of market data. They know nothing of
 * an exchange: whoever publishes hands them messages.
 */
package org.positionmanager.simulator.stream;
