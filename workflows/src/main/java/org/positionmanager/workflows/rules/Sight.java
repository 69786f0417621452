package org.positionmanager.workflows.rules;

/** All that one rule may look at. */
public record Sight(Basis basis, Observation seen, JudgedPrice price) {}
