/**
 * What the activities need of a broker, of market data and of the exchange's clock, without a word
 * of any one broker. "Could not read" is a {@link BrokerException}, never an empty answer.
 */
package org.positionmanager.activities.broker;
