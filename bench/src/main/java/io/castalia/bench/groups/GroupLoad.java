package io.castalia.bench.groups;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/** What members do at a rate. */
enum GroupLoad {
  HEARTBEAT("heartbeats", Fleet.HEARTBEAT_INTERVAL, 0),
  COMMIT_1("commits of 1 partition", Duration.ofSeconds(5), 1),
  COMMIT_10("commits of 10 partitions", Duration.ofSeconds(5), 10);

  private final String title;
  private final Duration usualInterval;
  private final int partitions;

  /** The usual intervals are the defaults of Kafka's clients. */
  GroupLoad(String title, Duration usualInterval, int partitions) {
    this.title = title;
    this.usualInterval = usualInterval;
    this.partitions = partitions;
  }

  /** What it is called in tables. */
  String title() {
    return title;
  }

  boolean isCommit() {
    return partitions > 0;
  }

  /** How many a second so many members send when they are left to themselves. */
  double usualRate(int members) {
    return members * 1e3 / usualInterval.toMillis();
  }

  /** Has a member do it once. */
  void send(GroupMember member, long number, Consumer<Errors> outcome) {
    if (isCommit()) {
      member.commit(partitions, number, outcome);
    } else {
      member.heartbeat(outcome);
    }
  }
}
