package org.positionmanager.workflows.rules;

/** A rule whose answer is known as soon as it is bound, and never a reason to exit. */
record Constant(RuleKind kind, Verdict verdict, Why why) implements BoundRule {
  @Override
  public RuleTrace judge(Sight sight) {
    return RuleTrace.of(kind, verdict, Reading.NONE, sight.shown(), why);
  }
}
