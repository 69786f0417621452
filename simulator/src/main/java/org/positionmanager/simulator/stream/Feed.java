package org.positionmanager.simulator.stream;

/**
 * A source of market data that clients listen to under a path of its own.
 *
 * @param options whether it is of options: MessagePack only, trades and quotes only
 * @param paid whether an account needs a subscription
 * @param mostSymbols a connection may follow with trades and quotes
 */
public record Feed(String path, boolean options, boolean paid, int mostSymbols) {}
