package org.positionmanager.activities.watch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.watch.ExitSent;
import org.positionmanager.workflows.watch.WatchBlind;

/** Workflows that note what they are told, while the engine is there. */
final class FakeWorkflows implements WorkflowSignals {
  /** What one workflow was told. */
  record Told(PositionId position, ExitSent sent) {}

  final List<Told> told = new CopyOnWriteArrayList<>();
  volatile boolean away;
  volatile Optional<PositionId> cannotBeTold = Optional.empty();

  /** The one that the engine does not know. */
  volatile Optional<PositionId> gone = Optional.empty();

  @Override
  public boolean exitSent(PositionId position, ExitSent sent) throws EngineUnreachable {
    if (away) {
      throw new EngineUnreachable(new IllegalStateException("the engine is away"));
    }
    if (cannotBeTold.equals(Optional.of(position))) {
      throw new IllegalStateException("this cannot be told");
    }
    if (gone.equals(Optional.of(position))) {
      return false;
    }
    told.add(new Told(position, sent));
    return true;
  }

  /** Who was told to be without a quote, each time. */
  final List<PositionId> blind = new CopyOnWriteArrayList<>();

  /** Since when. */
  final List<WatchBlind> blindness = new CopyOnWriteArrayList<>();

  @Override
  public void watchBlind(PositionId position, WatchBlind news) throws EngineUnreachable {
    if (away) {
      throw new EngineUnreachable(new IllegalStateException("the engine is away"));
    }
    if (cannotBeTold.equals(Optional.of(position))) {
      throw new IllegalStateException("this cannot be told");
    }
    blind.add(position);
    blindness.add(news);
  }

  /** What a position's workflow was told. */
  List<ExitSent> of(PositionId position) {
    return told.stream().filter(one -> one.position().equals(position)).map(Told::sent).toList();
  }
}
