/**
 * The configuration file and the file of plans. {@link
 * org.positionmanager.worker.config.ConfigurationFile} and {@link
 * org.positionmanager.worker.config.PlanFile} read them strictly and report every fault at once,
 * each with its fix; {@link org.positionmanager.worker.config.Configuration} is what they say, one
 * record per part; {@link org.positionmanager.worker.config.Setting} shows what is in effect and
 * why.
 */
package org.positionmanager.worker.config;
