/**
 * The configuration file. {@link org.positionmanager.worker.config.ConfigurationFile} reads it
 * strictly and reports every fault at once, each with its fix; {@link
 * org.positionmanager.worker.config.Configuration} is what it says, one record per part; {@link
 * org.positionmanager.worker.config.Setting} shows what is in effect and why.
 */
package org.positionmanager.worker.config;
