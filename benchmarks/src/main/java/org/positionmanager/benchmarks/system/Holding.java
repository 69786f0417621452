package org.positionmanager.benchmarks.system;

/** One share of a symbol in an account: what a position is about. */
record Holding(String account, String symbol) {}
