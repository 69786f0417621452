/** What all charts look like, and how they become pictures. */
package org.positionmanager.starter.chart;
