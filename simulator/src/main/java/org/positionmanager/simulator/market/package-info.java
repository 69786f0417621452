/**
 * Prices as functions of time: scripted points, random walks, options by their underlying, recorded
 * quotes and bars; and what is derived from them: trades and bars of any timeframe. Nothing here
 * keeps state, so that history and live data are the same wherever they are asked for.
 */
package org.positionmanager.simulator.market;
