package io.castalia.actors.partition;

import io.castalia.actors.fence.Fencing;
import io.castalia.actors.partition.PartitionCommand.Request;
import io.castalia.persistence.OwnedLogs;
import java.time.Duration;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Answers to reads, which go out when this node is known to have owned the log a short while ago.
 * An owner that was replaced, and does not write, would not notice otherwise, and go on to tell
 * where the log ended when it was its own.
 *
 * <p>The answer is made before that is found out: what was true of the log then was true when it
 * was asked for. It need not come back to the partition, which goes on meanwhile.
 */
final class ConfirmedReads {
  private final String log;
  private final int epoch;
  private final OwnedLogs logs;
  private final Duration maxLag;
  private final Runnable onLogLost;

  /**
   * Reads of one log in one epoch.
   *
   * @param onLogLost run on any thread, and maybe more than once, when another has taken the log
   */
  ConfirmedReads(String log, int epoch, PartitionResources resources, Runnable onLogLost) {
    this.log = log;
    this.epoch = epoch;
    this.logs = resources.logs();
    this.maxLag = resources.settings().maxReadLag();
    this.onLogLost = onLogLost;
  }

  <T> void answer(Request request, ActorRef<T> replyTo, T answer) {
    logs.confirm(log, epoch, maxLag)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                replyTo.tell(answer);
              } else if (Fencing.isFenced(failure)) {
                request.refuse(Errors.NOT_LEADER_OR_FOLLOWER, "another node has the log");
                onLogLost.run();
              } else {
                request.refuse(Errors.KAFKA_STORAGE_ERROR, "whose the log is cannot be found out");
              }
            });
  }
}
