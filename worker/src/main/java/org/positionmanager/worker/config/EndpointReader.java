package org.positionmanager.worker.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.positionmanager.activities.alert.delivery.Endpoint;
import org.positionmanager.activities.alert.delivery.SecretText;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Reads one endpoint of alerts. Its address may be a secret, so it is never repeated in a fault or
 * a setting. An address or secret that is missing here is no fault: alerts never keep a worker from
 * its positions.
 */
final class EndpointReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");
  private static final int MOST_PER_MINUTE = 600;

  private final Section section;
  private final Faults faults;
  private final CredentialsReader secrets;
  private final List<String> unusable = new ArrayList<>();
  private String name = "?";

  EndpointReader(Section section, Map<String, String> environment, Faults faults) {
    this.section = section;
    this.faults = faults;
    secrets = new CredentialsReader(section, section, environment, faults);
  }

  /**
   * The endpoint; empty with faults, or with what makes it unusable here.
   *
   * @param names of endpoints so far, to which this one's is added
   */
  Optional<Endpoint> read(List<Configuration.Account> accounts, Set<String> names) {
    int before = faults.count();
    readName(names);
    Endpoint.Format format = section.choice("format", Endpoint.Format.WEBHOOK);
    Optional<String> address = address();
    Optional<SecretText> secret = secret(format);
    boolean lacksSecret = secret.isEmpty() && (given("secretEnv") || given("secretFile"));
    Set<AlertKind> kinds = kinds();
    Severity least = section.choice("minSeverity", Severity.WARNING);
    Set<AccountName> of = accounts(accounts);
    int perMinute =
        section.whole(
            "perMinute",
            Endpoint.PER_MINUTE,
            1,
            MOST_PER_MINUTE,
            "give a whole number from 1 to 600, without quotes");
    secrets.reasons().forEach(it -> unusable.add(it.toString()));
    if (faults.count() > before || address.isEmpty() || lacksSecret) {
      return Optional.empty();
    }
    return Optional.of(
        new Endpoint(
            name, format, new SecretText(address.get()), secret, kinds, least, of, perMinute));
  }

  private void readName(Set<String> names) {
    section
        .required("name", "ops")
        .ifPresent(
            written -> {
              name = written;
              if (!NAME.matcher(written).matches()) {
                section.fault(
                    "name",
                    "is " + new Value.Text(written).found(),
                    "use up to 50 lower case letters, digits and hyphens, such as ops");
              } else if (!names.add(written)) {
                section.fault("name", "is " + written + ", as is another's", "give it its own");
              }
            });
  }

  private boolean given(String key) {
    return section.value(key).isPresent();
  }

  private Optional<String> address() {
    List<String> sources =
        List.of("url", "urlEnv", "urlFile").stream().filter(this::given).toList();
    if (sources.size() != 1) {
      faults.add(
          section.path(),
          sources.isEmpty() ? "names no address" : "names " + String.join(" and ", sources),
          "give one of url, urlEnv and urlFile");
      return Optional.empty();
    }
    Optional<String> written = given("url") ? section.text("url") : secrets.part("url");
    if (given("url") && written.isPresent()) {
      section.noted("url", "****", Setting.Origin.FILE);
    }
    return written.filter(it -> isAddress(sources.getFirst(), it));
  }

  private boolean isAddress(String key, String text) {
    try {
      URI address = new URI(text);
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return true;
      }
    } catch (URISyntaxException e) {
      // told below, without repeating what may be a secret
    }
    section.fault(key, "is no address", "give one that begins with https:// or http://");
    return false;
  }

  private Optional<SecretText> secret(Endpoint.Format format) {
    if (given("secretEnv") && given("secretFile")) {
      section.fault("secretEnv", "is given beside secretFile", "keep one of them");
      return Optional.empty();
    }
    if (!given("secretEnv") && !given("secretFile")) {
      return Optional.empty();
    }
    if (format == Endpoint.Format.SLACK) {
      section.fault(
          given("secretEnv") ? "secretEnv" : "secretFile",
          "is given although Slack checks no signature",
          "remove it");
    }
    return secrets.part("secret").map(SecretText::new);
  }

  private Set<AlertKind> kinds() {
    List<String> known = Arrays.stream(AlertKind.values()).map(AlertKind::prefix).toList();
    Set<AlertKind> kinds = new HashSet<>();
    for (String written : section.texts("kinds", "stuck-exit")) {
      if (known.contains(written)) {
        kinds.add(AlertKind.ofKey(written));
      } else {
        section.fault(
            "kinds",
            "holds " + new Value.Text(written).found(),
            Keys.nearest(written, known)
                .map(it -> "did you mean " + it + "?")
                .orElse("use kinds of docs/alerts.md"));
      }
    }
    return kinds;
  }

  private Set<AccountName> accounts(List<Configuration.Account> accounts) {
    SequencedMap<String, AccountName> known = PlansReader.byName(accounts);
    Set<AccountName> chosen = new HashSet<>();
    for (String written : section.texts("accounts", "large")) {
      AccountName account = known.get(written);
      if (account == null) {
        section.fault(
            "accounts",
            "holds %s, which is no account of the configuration"
                .formatted(new Value.Text(written).found()),
            Keys.nearest(written, List.copyOf(known.keySet()))
                .map(it -> "did you mean " + it + "?")
                .orElseGet(() -> "use " + String.join(", ", known.keySet())));
      } else {
        chosen.add(account);
      }
    }
    return chosen;
  }

  /** Why it cannot be delivered to from here. */
  List<String> unusable() {
    return List.copyOf(unusable);
  }

  List<Setting> settings() {
    return section.settings("alerts.endpoints." + name);
  }
}
