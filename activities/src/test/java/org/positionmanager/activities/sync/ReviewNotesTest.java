package org.positionmanager.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.PositionId;

/** Reviews that were made while the ledger was there, away, or slow. */
class ReviewNotesTest {
  private static final PositionId SHARES =
      PositionId.parse("tiny/DE/00000000-0000-4000-8000-000000000001");
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");

  private final List<Map<PositionId, Instant>> written = new ArrayList<>();
  private Instant now = TEN;
  private final ReviewNotes notes = new ReviewNotes(() -> now);

  @Test
  void theLastReviewOfEachIsWrittenOnce() {
    notes.reviewed(SHARES);
    now = TEN.plusSeconds(5);
    notes.reviewed(SHARES);
    assertThat(written).as("a review writes nothing").isEmpty();
    notes.writeTo(written::add);
    notes.writeTo(written::add);
    assertThat(written).containsExactly(Map.of(SHARES, TEN.plusSeconds(5)));
  }

  @Test
  void whatTheLedgerDoesNotTakeIsHandedOverAgain() {
    notes.reviewed(SHARES);
    assertThatThrownBy(
            () ->
                notes.writeTo(
                    all -> {
                      throw new IllegalStateException("the ledger is away");
                    }))
        .hasMessage("the ledger is away");
    notes.writeTo(written::add);
    assertThat(written).containsExactly(Map.of(SHARES, TEN));
  }

  @Test
  void whatIsReviewedWhileTheLedgerWritesIsNotForgotten() {
    notes.reviewed(SHARES);
    notes.writeTo(
        all -> {
          written.add(all);
          now = TEN.plusSeconds(1);
          notes.reviewed(SHARES);
        });
    notes.writeTo(written::add);
    assertThat(written).containsExactly(Map.of(SHARES, TEN), Map.of(SHARES, TEN.plusSeconds(1)));
  }
}
