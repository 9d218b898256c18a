package io.castalia.node.kafka.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchMetadata;
import org.apache.kafka.common.requests.FetchRequest;

/**
 * The fetch sessions of this node: a bounded number. When all places are taken, the session that
 * rested longest makes room if it rested for {@link #MIN_REST_MILLIS}; else the client goes on
 * without a session and names all its partitions each time. The partitions of all sessions together
 * are bounded too, since they are what takes memory.
 */
final class FetchSessions {
  static final long MIN_REST_MILLIS = 120_000;

  /** Who fetches more goes without a session. */
  static final int MAX_PARTITIONS = 10_000;

  private static final short FIRST_WITH_TOPIC_IDS = 13;

  private final int max;
  private final int maxPartitions;
  private final LongSupplier clock;

  /** In the order of their last use. */
  private final Map<Integer, Entry> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /** In all sessions together. */
  private int partitions;

  /**
   * @param max sessions kept
   * @param maxPartitions partitions kept in all of them together
   * @param clock milliseconds that never go back
   */
  FetchSessions(int max, int maxPartitions, LongSupplier clock) {
    this.max = max;
    this.maxPartitions = maxPartitions;
    this.clock = clock;
  }

  /** Finds or makes the session of a request and brings it up to date. */
  synchronized FetchPlan begin(FetchRequest request) {
    FetchMetadata metadata = request.metadata();
    boolean usesTopicIds = request.version() >= FIRST_WITH_TOPIC_IDS;
    List<FetchTarget> targets = targetsOf(request.data());
    if (!metadata.isFull()) {
      return next(metadata, usesTopicIds, targets, forgottenBy(request.data()));
    }
    if (metadata.sessionId() != FetchMetadata.INVALID_SESSION_ID) {
      close(metadata.sessionId());
    }
    return metadata.epoch() == FetchMetadata.FINAL_EPOCH
        ? FetchPlan.full(targets, Optional.empty())
        : FetchPlan.full(targets, open(usesTopicIds, targets));
  }

  private FetchPlan next(
      FetchMetadata metadata,
      boolean usesTopicIds,
      List<FetchTarget> changed,
      List<FetchTarget.Key> forgotten) {
    Entry entry = sessions.get(metadata.sessionId());
    if (entry == null) {
      return FetchPlan.refused(Errors.FETCH_SESSION_ID_NOT_FOUND);
    }
    FetchSession session = entry.session;
    if (session.usesTopicIds() != usesTopicIds) {
      return FetchPlan.refused(Errors.FETCH_SESSION_TOPIC_ID_ERROR);
    }
    if (!session.advance(metadata.epoch())) {
      return FetchPlan.refused(Errors.INVALID_FETCH_SESSION_EPOCH);
    }
    int before = session.size();
    session.update(changed, forgotten);
    partitions += session.size() - before;
    if (session.size() > MAX_PARTITIONS || partitions > maxPartitions) {
      close(session.id());
      return FetchPlan.refused(Errors.FETCH_SESSION_ID_NOT_FOUND);
    }
    entry.usedAt = clock.getAsLong();
    return FetchPlan.incremental(session);
  }

  private Optional<FetchSession> open(boolean usesTopicIds, List<FetchTarget> targets) {
    if (targets.isEmpty() || targets.size() > MAX_PARTITIONS || !hasRoom(targets.size())) {
      return Optional.empty();
    }
    int id = newId();
    FetchSession session = new FetchSession(id, usesTopicIds, targets);
    sessions.put(id, new Entry(session, clock.getAsLong()));
    partitions += session.size();
    return Optional.of(session);
  }

  private boolean hasRoom(int more) {
    if (sessions.size() >= max) {
      evictOneAtRest();
    }
    return sessions.size() < max && partitions + more <= maxPartitions;
  }

  private void evictOneAtRest() {
    sessions.values().stream()
        .findFirst()
        .filter(eldest -> clock.getAsLong() - eldest.usedAt >= MIN_REST_MILLIS)
        .ifPresent(eldest -> close(eldest.session.id()));
  }

  private void close(int sessionId) {
    Entry closed = sessions.remove(sessionId);
    if (closed != null) {
      partitions -= closed.session.size();
    }
  }

  private int newId() {
    int id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    while (sessions.containsKey(id)) {
      id = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    }
    return id;
  }

  private static List<FetchTarget> targetsOf(FetchRequestData request) {
    List<FetchTarget> targets = new ArrayList<>();
    for (FetchTopic topic : request.topics()) {
      topic.partitions().forEach(partition -> targets.add(FetchTarget.of(topic, partition)));
    }
    return targets;
  }

  private static List<FetchTarget.Key> forgottenBy(FetchRequestData request) {
    List<FetchTarget.Key> keys = new ArrayList<>();
    for (ForgottenTopic topic : request.forgottenTopicsData()) {
      topic
          .partitions()
          .forEach(index -> keys.add(new FetchTarget.Key(topic.topic(), topic.topicId(), index)));
    }
    return keys;
  }

  private static final class Entry {
    private final FetchSession session;
    private long usedAt;

    private Entry(FetchSession session, long usedAt) {
      this.session = session;
      this.usedAt = usedAt;
    }
  }
}
