package org.positionmanager.worker;

import java.util.Optional;
import org.positionmanager.worker.config.Configuration;

/** One account as a worker serves it, from its start to its close. */
interface AccountLife extends AutoCloseable {
  /** How far it has come. */
  sealed interface State {
    /** The broker does not answer yet; asked again. */
    record Connecting(String why) implements State {}

    /** Its positions are watched. */
    record Serving() implements State {}

    /** It was served, and its key opens another account by now; asked again. */
    record Suspended(String why) implements State {}

    /** A person has to mend something: here, or in the configuration. */
    record Refused(String why) implements State {}

    record Closed() implements State {}
  }

  /** What the configuration says of it. */
  Configuration.Served account();

  State state();

  Progress progress();

  /**
   * Why it could not be served now, asked before another life of the account ends for this one;
   * empty where it could.
   */
  Optional<State> objection();

  /** Begins, and returns once it is known whether it is served. */
  void start();

  /** Ends all that it does; its positions stay as they are. */
  @Override
  void close();
}
