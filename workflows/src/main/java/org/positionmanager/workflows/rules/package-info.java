/**
 * Exit rules: one small pure record each, over a {@link org.positionmanager.workflows.rules.Basis}
 * and an {@link org.positionmanager.workflows.rules.Observation}. {@link
 * org.positionmanager.workflows.rules.Evaluator} judges a whole plan and explains every answer.
 */
package org.positionmanager.workflows.rules;
