package org.positionmanager.workflows.replay;

import org.positionmanager.workflows.rules.Verdict;

/**
 * How one rule answered, as text for people.
 *
 * @param level what it compares with; empty where it has none
 * @param because one sentence
 */
public record RuleAnswer(
    String rule, Verdict verdict, String level, String observed, String because) {}
