package org.positionmanager.worker.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.positionmanager.activities.ledger.LedgerDatabase.Address;

/** What people write into DATABASE_URL. */
class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "postgres://u:p@db:6000/desk, jdbc:postgresql://db:6000/desk, u, p",
    "postgresql://u:p@db/desk, jdbc:postgresql://db:5432/desk, u, p",
    "jdbc:postgresql://db:6000/desk?user=u&password=p, jdbc:postgresql://db:6000/desk, u, p",
    "jdbc:postgresql://db/desk?user=u&password=p&ssl=true, jdbc:postgresql://db:5432/desk?ssl=true, u, p",
    "postgres://u:p@db/desk?sslmode=require&connectTimeout=3, jdbc:postgresql://db:5432/desk?sslmode=require&connectTimeout=3, u, p",
    "postgres://u:p@[::1]:6000/desk, jdbc:postgresql://[::1]:6000/desk, u, p",
    "postgres://u@db/desk, jdbc:postgresql://db:5432/desk, u, ''",
    "postgres://u:a+b%40c%3Ad%2Fe@db/desk, jdbc:postgresql://db:5432/desk, u, a+b@c:d/e",
    "postgres://u:a:b@db/desk, jdbc:postgresql://db:5432/desk, u, a:b",
    "jdbc:postgresql://db/desk?user=u&password=a%26b%3D, jdbc:postgresql://db:5432/desk, u, a&b=",
    "postgres://u:p@my_db.local:6000/desk, jdbc:postgresql://my_db.local:6000/desk, u, p",
    "' postgres://u:p@db/desk\n', jdbc:postgresql://db:5432/desk, u, p",
  })
  void theUsualFormsAreRead(String url, String jdbc, String user, String password) {
    assertThat(DatabaseUrl.parse(url)).isEqualTo(new Address(jdbc, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:secret@db/desk",
        "db:5432/desk",
        "postgres:u:secret@db/desk",
        "postgres:///desk",
        "postgres://u:secret@:5432/desk",
        "postgres://u:secret@db",
        "postgres://u:secret@db/",
        "postgres://u:secret@db:port/desk",
        "postgres://u:secret@a,b/desk",
        "postgres://u:secret@db:99999/desk",
        "postgres://u:secret@db:0/desk",
        "postgres://u:se%cret@db/desk",
        "postgres://u:sec ret@db/desk",
        "postgres://u:sec@ret@db/desk",
        "postgres://u:sec#ret@db/desk",
      })
  void whatCannotBeReadIsRefusedInOneLineWithoutThePassword(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DATABASE_URL ")
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("ret@")
        .hasMessageNotContaining("cret")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql://db:6000/desk", "jdbc:postgresql://[::1]:1/d?ssl=true"})
  void whatIsHandedToAChildIsReadBack(String jdbc) {
    Address address = new Address(jdbc, "u ser@x", "p+%&=:/#?d 1");
    assertThat(DatabaseUrl.parse(DatabaseUrl.of(address))).isEqualTo(address);
  }

  @Test
  void thePasswordIsNotInTheTextOfAnAddress() {
    assertThat(DatabaseUrl.parse("postgres://u:secret@db/desk").toString())
        .doesNotContain("secret");
  }
}
