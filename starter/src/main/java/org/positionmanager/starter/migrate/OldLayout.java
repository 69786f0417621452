package org.positionmanager.starter.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.positionmanager.starter.CommandException;

/** Whether a database has the tables of the replaced system. */
final class OldLayout {
  private OldLayout() {}

  /**
   * @param columns of the tables that are there
   * @throws CommandException naming every table and column that is missing, and what to do
   */
  static void check(Map<OldTable, Set<String>> columns) {
    List<String> missing = new ArrayList<>();
    for (OldTable table : OldTable.values()) {
      Set<String> found = columns.getOrDefault(table, Set.of());
      if (found.isEmpty()) {
        missing.add(
            "table public.%s is missing or may not be read; check --url and --user, or create it empty with the columns %s"
                .formatted(table.table(), String.join(", ", table.required())));
        continue;
      }
      for (String column : table.required()) {
        if (!found.contains(column)) {
          missing.add(
              "column public.%s.%s is missing; is this the old system's database? Else add it"
                  .formatted(table.table(), column));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw CommandException.refused(
          "this is not the layout that is known:\n- " + String.join("\n- ", missing), null);
    }
  }
}
