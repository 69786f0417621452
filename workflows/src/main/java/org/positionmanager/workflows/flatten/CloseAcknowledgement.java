package org.positionmanager.workflows.flatten;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.positionmanager.workflows.identity.PositionId;

/**
 * The last reply of a position.
 *
 * @param command the number, from 1, of the command that it replied to; a position that closed in
 *     part gets the next
 * @param at the workflow's time, which is real time
 */
public record CloseAcknowledgement(PositionId position, int command, CloseReply reply, Instant at) {
  @JsonIgnore
  boolean isOver() {
    return reply.status() == CloseReply.Status.CLOSED;
  }
}
