package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityInterface;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;

/** Finds out what became of an announced entry. */
@ActivityInterface
public interface EntryActivities {
  /** Looks for the entry order and its fill, also when all of it is closed again by now. */
  EntrySighting findEntry(PositionId position, EntryTerms terms);
}
