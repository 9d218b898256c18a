package io.castalia.bench.cluster;

import java.time.Duration;
import java.util.Optional;

/** What happens to a node of the cluster. */
public enum Fault {
  /** It is killed. */
  KILL("kill -9", Optional.of(Duration.ofSeconds(8))),
  /** It is asked to end, and leaves. */
  LEAVE("planned leave", Optional.of(Duration.ofMillis(300))),
  /** It stands still for longer than the others wait, and goes on then, as an owner that was. */
  FREEZE("freeze", Optional.empty()),
  /** All nodes, one after the other, leave and are started again. */
  ROLL("rolling restart of all", Optional.empty()),
  /** It starts, again or for the first time, and takes its share. */
  JOIN("join", Optional.empty());

  private final String label;
  private final Optional<Duration> aim;

  Fault(String label, Optional<Duration> aim) {
    this.label = label;
    this.aim = aim;
  }

  /** For tables. */
  public String label() {
    return label;
  }

  /** How long a partition may be out of service at most. */
  public Optional<Duration> aim() {
    return aim;
  }
}
