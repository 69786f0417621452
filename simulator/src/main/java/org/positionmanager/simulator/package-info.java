/**
 * A stateful paper exchange that speaks Alpaca's REST. {@link
 * org.positionmanager.simulator.Exchange} is the exchange, {@link
 * org.positionmanager.simulator.TradingRest} and {@link org.positionmanager.simulator.DataRest} its
 * face to clients, {@link org.positionmanager.simulator.AdminRest} its face to tests.
 */
package org.positionmanager.simulator;
