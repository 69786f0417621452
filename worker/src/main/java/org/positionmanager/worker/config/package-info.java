/** The configuration file: one record per part, every fault reported at once with its fix. */
package org.positionmanager.worker.config;
