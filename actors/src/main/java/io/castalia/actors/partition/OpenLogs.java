package io.castalia.actors.partition;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The logs that are open on this node. Thread-safe. */
final class OpenLogs {
  private final ConcurrentMap<PartitionId, OpenLog> logs = new ConcurrentHashMap<>();

  void add(PartitionId partition, OpenLog log) {
    logs.put(partition, log);
  }

  /** Readers do not find it any more, and those who wait at it are woken. */
  void close(PartitionId partition, OpenLog log) {
    logs.remove(partition, log);
    log.close();
  }

  int count() {
    return logs.size();
  }

  boolean contains(PartitionId partition) {
    return logs.containsKey(partition);
  }

  /** For a reader on this node. */
  Optional<OpenLog> find(PartitionId partition) {
    OpenLog log = logs.get(partition);
    if (log != null) {
      log.look();
    }
    return Optional.ofNullable(log);
  }
}
