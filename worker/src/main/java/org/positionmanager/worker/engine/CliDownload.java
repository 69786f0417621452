package org.positionmanager.worker.engine;

import java.io.IOException;
import java.nio.file.Path;

/** A way to get the Temporal CLI over the network. */
@FunctionalInterface
interface CliDownload {
  /**
   * Puts an executable {@code temporal} somewhere below the folder.
   *
   * @throws IOException saying in one line why there is none
   */
  void into(Path folder) throws IOException;
}
