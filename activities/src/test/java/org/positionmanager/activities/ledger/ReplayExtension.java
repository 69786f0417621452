package org.positionmanager.activities.ledger;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** Hands tests on a ledger the replay of the session that runs them, where there is one. */
final class ReplayExtension implements TestInstancePostProcessor {
  static final String KEY = "statements of the ledger";

  @Override
  public void postProcessTestInstance(Object test, ExtensionContext context) {
    StatementReplay replay =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(KEY))
            .get(KEY, StatementReplay.class);
    if (replay != null && test instanceof LedgerOnPostgres ledger) {
      ledger.replay = Optional.of(replay);
    }
  }
}
