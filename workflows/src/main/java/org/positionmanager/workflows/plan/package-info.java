/** Plans: the rules and parameters that a position is judged by, versioned. */
package org.positionmanager.workflows.plan;
