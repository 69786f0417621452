package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database itself refuses, whoever asks. */
class LedgerGuardsTest extends LedgerOnPostgres {
  @BeforeEach
  void aPositionWithAnEvent() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
  }

  @Test
  void theOwnerTooMayOnlyAddToEvents() throws Exception {
    execute("create role an_owner nologin");
    execute("alter table pm.position_events owner to an_owner");
    execute("grant usage on schema pm to an_owner");
    for (String attempt : List.of("update %s set text = ''", "delete from %s", "truncate %s")) {
      assertThatThrownBy(
              () ->
                  desk.jdbi()
                      .useTransaction(
                          handle -> {
                            handle.execute("set local role an_owner");
                            handle.execute(attempt.formatted("position_events"));
                          }))
          .as(attempt)
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> execute(attempt.formatted("position_events")))
          .as("a superuser: " + attempt)
          .hasMessageContaining("append-only");
    }
    execute("alter table pm.position_events owner to postgres");
    execute("drop owned by an_owner");
    execute("drop role an_owner");
  }

  @Test
  void oneExecutionHasOneOpenPositionInAnInstrument() {
    execute("alter table positions drop constraint positions_pkey cascade");
    execute("update positions set phase = 'PROTECTED'");
    assertThatThrownBy(() -> execute("insert into positions select * from positions"))
        .hasMessageContaining("positions_open");
    execute("update positions set phase = 'CLOSED'");
    execute("insert into positions select * from positions");
  }

  @Test
  void noTableThatNamesAnAccountIsWithoutItsPolicies() {
    List<String> unguarded =
        desk.jdbi()
            .inTransaction(
                handle ->
                    handle
                        .createQuery(
                            """
                            select relname from pg_class c
                            where relnamespace = 'pm'::regnamespace and relkind in ('r', 'p')
                              and (relname = 'accounts' or exists (select from pg_attribute
                                where attrelid = c.oid and attname like 'account%'
                                  and atttypid = 'varchar'::regtype))
                              and not (relrowsecurity and relforcerowsecurity
                                and array['every_account', 'granted', 'own_account']
                                  <@ (select array_agg(polname::text) from pg_policy
                                    where polrelid = c.oid))
                            """)
                        .mapTo(String.class)
                        .list());
    assertThat(unguarded)
        .as("of grants only the owner sees rows: policies ask functions that read them")
        .containsExactly("account_grants");
  }
}
