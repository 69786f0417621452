package org.positionmanager.activities.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hears what the database announces for all who wait for it in one process, on one connection for
 * each channel. It is there while somebody waits; where it fails, all hear of it and ask again.
 */
final class SharedAnnouncements implements LedgerDatabase.Announcing, AutoCloseable {
  /** Between two looks whether somebody still waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final LedgerDatabase.Address address;
  private final Map<String, Hearing> hearings = new HashMap<>();

  SharedAnnouncements(LedgerDatabase.Address address) {
    this.address = address;
  }

  /** What somebody who waits is told. */
  private sealed interface Heard {
    /** Nothing that comes from now on can be missed. */
    record Listening() implements Heard {}

    record Batch(List<String> payloads) implements Heard {}

    record Ended(SQLException why) implements Heard {}
  }

  /** The connection to one channel, with those who wait for what it hears. */
  private final class Hearing {
    private final String channel;
    private final Set<BlockingQueue<Heard>> ears = ConcurrentHashMap.newKeySet();
    // guarded by hearings
    private boolean listening;
    private Thread thread;

    private Hearing(String channel) {
      this.channel = channel;
    }

    private void begin() {
      thread = Thread.ofVirtual().name("announcements " + channel).start(this::hear);
    }

    private void hear() {
      SQLException why = new SQLException("nobody listens to " + channel + " any more");
      try {
        new Announcements(address, channel).listen(this::listens, this::tell, PATIENCE);
      } catch (SQLException failure) {
        why = failure;
      } finally {
        end(why);
      }
    }

    private void listens() {
      synchronized (hearings) {
        listening = true;
        ears.forEach(ear -> ear.add(new Heard.Listening()));
      }
    }

    private void tell(List<String> payloads) {
      ears.forEach(ear -> ear.add(new Heard.Batch(payloads)));
    }

    private void end(SQLException why) {
      synchronized (hearings) {
        hearings.remove(channel, this);
        ears.forEach(ear -> ear.add(new Heard.Ended(why)));
      }
    }
  }

  @Override
  public void listen(
      String channel, Runnable listening, Consumer<List<String>> announced, Duration patience)
      throws SQLException {
    BlockingQueue<Heard> ear = new LinkedBlockingQueue<>();
    Hearing hearing = join(channel, ear);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        switch (ear.poll(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          case null -> {}
          case Heard.Listening now -> listening.run();
          case Heard.Batch(List<String> payloads) -> announced.accept(payloads);
          case Heard.Ended(SQLException why) ->
              throw new SQLException(why.getMessage(), why.getSQLState(), why);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave(hearing, ear);
    }
  }

  private Hearing join(String channel, BlockingQueue<Heard> ear) {
    synchronized (hearings) {
      Hearing hearing = hearings.get(channel);
      if (hearing == null) {
        hearing = new Hearing(channel);
        hearings.put(channel, hearing);
        hearing.begin();
      }
      hearing.ears.add(ear);
      if (hearing.listening) {
        ear.add(new Heard.Listening());
      }
      return hearing;
    }
  }

  private void leave(Hearing hearing, BlockingQueue<Heard> ear) {
    synchronized (hearings) {
      hearing.ears.remove(ear);
      if (hearing.ears.isEmpty()) {
        hearings.remove(hearing.channel, hearing);
        hearing.thread.interrupt();
      }
    }
  }

  @Override
  public void close() {
    synchronized (hearings) {
      hearings.values().forEach(hearing -> hearing.thread.interrupt());
      hearings.clear();
    }
  }
}
