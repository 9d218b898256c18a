package io.castalia.node.kafka.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.requests.FetchMetadata;

/**
 * The partitions that one consumer fetches, kept between its requests, with what it was last told
 * of each. Partitions that gave records move to the end, so that all get their turn. Thread-safe.
 */
final class FetchSession {
  private final int id;
  private final boolean usesTopicIds;
  private final Map<FetchTarget.Key, Cached> partitions = new LinkedHashMap<>();
  private int epoch = FetchMetadata.nextEpoch(FetchMetadata.INITIAL_EPOCH);

  FetchSession(int id, boolean usesTopicIds, List<FetchTarget> targets) {
    this.id = id;
    this.usesTopicIds = usesTopicIds;
    targets.forEach(target -> partitions.put(target.key(), new Cached(target)));
  }

  int id() {
    return id;
  }

  boolean usesTopicIds() {
    return usesTopicIds;
  }

  synchronized int size() {
    return partitions.size();
  }

  /** Goes on to the next request, if {@code requestEpoch} says that it is the next. */
  synchronized boolean advance(int requestEpoch) {
    if (requestEpoch != epoch) {
      return false;
    }
    epoch = FetchMetadata.nextEpoch(epoch);
    return true;
  }

  synchronized void update(List<FetchTarget> changed, List<FetchTarget.Key> forgotten) {
    for (FetchTarget target : changed) {
      Cached cached = partitions.get(target.key());
      if (cached == null) {
        partitions.put(target.key(), new Cached(target));
      } else {
        cached.target = target;
      }
    }
    forgotten.forEach(partitions::remove);
  }

  synchronized List<FetchTarget> targets() {
    return partitions.values().stream().map(cached -> cached.target).toList();
  }

  /**
   * Notes what the client is being told.
   *
   * @return the answers that say something new
   */
  synchronized List<FetchAnswer> tell(List<FetchAnswer> answers) {
    List<FetchAnswer> news = new ArrayList<>();
    for (FetchAnswer answer : answers) {
      Cached cached = partitions.get(answer.target().key());
      if (cached != null && cached.tell(answer)) {
        news.add(answer);
        moveToEnd(answer, cached);
      }
    }
    return news;
  }

  private void moveToEnd(FetchAnswer answer, Cached cached) {
    if (!answer.result().batches().isEmpty()) {
      partitions.remove(answer.target().key());
      partitions.put(answer.target().key(), cached);
    }
  }

  private static final class Cached {
    private FetchTarget target;
    private long highWatermark = -1;
    private long logStartOffset = -1;

    private Cached(FetchTarget target) {
      this.target = target;
    }

    /** Whether the answer is worth sending. After an error the next answer always is. */
    private boolean tell(FetchAnswer answer) {
      boolean news =
          answer.failed()
              || !answer.result().batches().isEmpty()
              || answer.result().highWatermark() != highWatermark
              || answer.result().logStartOffset() != logStartOffset;
      highWatermark = answer.failed() ? -1 : answer.result().highWatermark();
      logStartOffset = answer.result().logStartOffset();
      return news;
    }
  }
}
