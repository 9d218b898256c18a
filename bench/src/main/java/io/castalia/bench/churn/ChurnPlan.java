package io.castalia.bench.churn;

import io.castalia.bench.churn.Change.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Decides by chance what is done to a group next. The same seed makes the same choices. */
final class ChurnPlan {

  private static final int SPREAD = 2;
  private static final int AT_ONCE = 4;
  private static final int PROCESSES = 2;
  private static final int MAX_FROZEN = 2;
  private static final int MIN_PAUSE_MS = 1_000;
  private static final int MAX_PAUSE_MS = 4_000;

  private final Random random;
  private final int members;
  private final int brokerKills;

  /**
   * A plan.
   *
   * @param members about how many there are at a time
   * @param brokerKills one of so many changes is a kill of the broker; 0 for none
   */
  ChurnPlan(long seed, int members, int brokerKills) {
    this.random = new Random(seed);
    this.members = members;
    this.brokerKills = brokerKills;
  }

  /**
   * What is there to do something to.
   *
   * @param threads members that are threads
   * @param processes members that are processes
   * @param frozen members that stand still
   * @param thawable of these, those whose sessions are over
   */
  record Situation(int threads, int processes, int frozen, int thawable) {
    int members() {
      return threads + processes;
    }
  }

  Kind next(Situation now) {
    if (brokerKills > 0 && random.nextInt(brokerKills) == 0) {
      return Kind.BROKER_KILL;
    }
    List<Kind> kinds = new ArrayList<>();
    if (now.members() < members + SPREAD) {
      kinds.addAll(List.of(Kind.JOIN, Kind.JOIN));
    }
    if (now.thawable() > 0) {
      kinds.addAll(List.of(Kind.THAW, Kind.THAW));
    }
    if (now.members() > members - SPREAD) {
      kinds.addAll(List.of(Kind.LEAVE, Kind.LEAVE_SILENTLY));
      if (now.processes() > 0) {
        kinds.add(Kind.KILL);
        if (now.frozen() < MAX_FROZEN) {
          kinds.add(Kind.FREEZE);
        }
      }
    }
    return kinds.get(random.nextInt(kinds.size()));
  }

  /** Whether a member that joins is a process of its own. */
  boolean nextIsProcess() {
    return random.nextInt(PROCESSES) == 0;
  }

  /** One of several. */
  int nextOf(int size) {
    return random.nextInt(size);
  }

  /** Whether the next change comes before the group has got over the last. */
  boolean nextComesAtOnce() {
    return random.nextInt(AT_ONCE) == 0;
  }

  Duration pause() {
    return Duration.ofMillis(MIN_PAUSE_MS + random.nextInt(MAX_PAUSE_MS - MIN_PAUSE_MS));
  }
}
