package org.positionmanager.workflows.rules;

/**
 * Why one rule answered as it did.
 *
 * @param rule the rule's stable name
 * @param level the level it compares with, as text for people; empty where it has none
 * @param observed what was compared, as text for people
 * @param because one sentence
 */
public record RuleTrace(
    String rule, Verdict verdict, String level, String observed, String because) {}
