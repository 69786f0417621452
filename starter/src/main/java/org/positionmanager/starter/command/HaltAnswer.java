package org.positionmanager.starter.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.positionmanager.activities.ledger.AccountHalts;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Option;

/** How it is told what an account's intake is like now. */
final class HaltAnswer {
  @Option(names = "--json", description = "For machines.")
  private boolean json;

  /**
   * @param unchanged added where nothing had to be done
   */
  void print(AccountName account, AccountHalts.Result result, String unchanged) throws Exception {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("account", account);
      fields.put("halted", result.entry().type() == AccountHalts.Type.HALTED);
      fields.put("changed", result.changed());
      fields.put("entry", result.entry());
      System.out.println(Payloads.mapper().writeValueAsString(fields));
    } else {
      System.out.println(
          "intake of %s %s%s"
              .formatted(
                  account, result.entry().words(), result.changed() ? "" : " (" + unchanged + ")"));
    }
  }
}
