package io.castalia.actors.fence;

import io.castalia.persistence.OwnedLogs;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Answers to reads, which go out when this node is known to have owned the log a short while ago.
 * An owner that was replaced, and does not write, would not notice otherwise, and go on to tell
 * what the log held when it was its own.
 *
 * <p>The answer is made before that is found out: what was true of the log then was true when it
 * was asked for. It need not come back to the owner, which goes on meanwhile.
 */
public final class ConfirmedReads {
  private final String log;
  private final int epoch;
  private final OwnedLogs logs;
  private final Duration maxLag;

  /** Why a read cannot be answered. */
  public enum Refusal {
    /** Another node has taken the log. */
    LOST,
    /** The store did not tell whose the log is. */
    UNKNOWN
  }

  /**
   * Reads of one log in one epoch.
   *
   * @param maxLag how long ago the log must have been this node's; 0: not before the read
   */
  public ConfirmedReads(String log, int epoch, OwnedLogs logs, Duration maxLag) {
    this.log = log;
    this.epoch = epoch;
    this.logs = logs;
    this.maxLag = maxLag;
  }

  /**
   * Answers one read; one of the two is run once, on any thread.
   *
   * @param answer gives the answer
   * @param refuse gives an error instead; of {@link Refusal#LOST} the owner has to be told, too
   */
  public void answer(Runnable answer, Consumer<Refusal> refuse) {
    logs.confirm(log, epoch, maxLag)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                answer.run();
              } else {
                refuse.accept(Fencing.isFenced(failure) ? Refusal.LOST : Refusal.UNKNOWN);
              }
            });
  }
}
