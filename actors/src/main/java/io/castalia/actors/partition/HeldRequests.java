package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Request;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

/** Requests that came before the log was open. Bounded in number and bytes; overflow is refused. */
final class HeldRequests {
  /** Most requests held. */
  static final int CAPACITY = 1_000;

  private final StashBuffer<PartitionCommand> stash;
  private final long maxBytes;
  private long bytes;

  HeldRequests(StashBuffer<PartitionCommand> stash, long maxBytes) {
    this.stash = stash;
    this.maxBytes = maxBytes;
  }

  void add(Request request) {
    int size = request instanceof Append append ? append.batches().length() : 0;
    if (stash.isFull() || (size > 0 && bytes > 0 && bytes + size > maxBytes)) {
      request.refuse(Errors.REQUEST_TIMED_OUT, "too much waits for the log to be opened");
    } else {
      bytes += size;
      stash.stash(request);
    }
  }

  /** Has {@code next} handle all that is held, in order. */
  Behavior<PartitionCommand> release(Behavior<PartitionCommand> next) {
    bytes = 0;
    return stash.unstashAll(next);
  }

  void refuseAll(Errors error, String message) {
    stash.forEach(
        command -> {
          if (command instanceof Request request) {
            request.refuse(error, message);
          }
        });
    stash.clear();
    bytes = 0;
  }
}
