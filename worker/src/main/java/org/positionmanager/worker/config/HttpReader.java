package org.positionmanager.worker.config;

import java.util.List;
import java.util.regex.Pattern;

/** Reads where the health and metrics pages listen. */
final class HttpReader {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  private final Section section;

  HttpReader(Section section) {
    this.section = section;
  }

  /** Loopback unless the file names another host: the pages ask nobody who they are. */
  Configuration.Http read() {
    String host = section.noted("host", section.text("host").orElse(LOOPBACK));
    if (!HOST.matcher(host).matches()) {
      section.fault(
          "host",
          "is " + new Value.Text(host).found(),
          "give a host name or address alone, such as 127.0.0.1, or 0.0.0.0 for every network");
    }
    int port =
        section.whole(
            "port",
            0,
            0,
            65_535,
            "give a whole number from 0 (any free port) to 65535, without quotes");
    return new Configuration.Http(host, port);
  }

  List<Setting> settings() {
    return section.settings("http");
  }
}
