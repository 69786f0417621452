package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.JudgedPrice.Flaw;

/**
 * Until when one position was seen without a gap, in exchange time. Where nobody quotes, nothing is
 * seen, and what passes meanwhile is looked for in bars. A quote that cannot be used is seen: what
 * was traded beside it says as little of the value as it does. One thread at a time.
 */
final class Continuity {
  /** Exchange time without any quote after which trades may have told of a peak. */
  private static final Duration UNHEARD_FOR = Duration.ofMinutes(1);

  private Optional<Instant> lookedAt = Optional.empty();

  /** Since when nobody has quoted it; empty while somebody does, usably or not. */
  private Optional<Instant> unheardSince = Optional.empty();

  /** From then on something may have been missed; empty where nothing was. */
  private Optional<Instant> missedSince;

  /**
   * @param missedSince when whoever watched it before saw it last; empty where nobody did
   */
  Continuity(Optional<Instant> missedSince) {
    this.missedSince = missedSince;
  }

  /** It was judged by that price. */
  void looked(Instant now, JudgedPrice price) {
    switch (price) {
      case JudgedPrice.Usable usable -> {
        unheardSince
            .filter(since -> now.isAfter(since.plus(UNHEARD_FOR)))
            .ifPresent(this::lostSight);
        unheardSince = Optional.empty();
      }
      case JudgedPrice.Unusable unusable -> {
        boolean unheard = unusable.flaw() == Flaw.MISSING || unusable.flaw() == Flaw.STALE;
        unheardSince = unheard ? unheardSince.or(() -> lookedAt) : Optional.empty();
      }
    }
    stillLooks(now);
  }

  /** What it was judged by last stands. */
  void stillLooks(Instant now) {
    if (lookedAt.isEmpty() || unheardSince.isEmpty()) {
      lookedAt = Optional.of(now);
    }
  }

  /** What happened since then may have been missed; without effect where nothing was seen yet. */
  void lostSight(Instant since) {
    if (lookedAt.isPresent() && missedSince.filter(it -> !it.isAfter(since)).isEmpty()) {
      missedSince = Optional.of(since);
    }
  }

  /** Nothing more is to be found out of what was missed. */
  void hasSeenAll() {
    missedSince = Optional.empty();
  }

  /** From then on something may have been missed. */
  Optional<Instant> missedSince() {
    return missedSince;
  }

  /** Nothing was missed before; empty where nothing was judged yet. */
  Optional<Instant> seenUpTo() {
    return lookedAt.map(now -> missedSince.filter(now::isAfter).orElse(now));
  }
}
