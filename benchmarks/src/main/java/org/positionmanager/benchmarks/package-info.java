/** Measurements, each with the size that it has to reach in its Javadoc. */
package org.positionmanager.benchmarks;
