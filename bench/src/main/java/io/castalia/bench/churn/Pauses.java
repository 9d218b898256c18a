package io.castalia.bench.churn;

import io.castalia.testkit.group.GroupEvent.Processed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long members got no record of the partitions that they kept, although new ones arrived all
 * the time.
 */
final class Pauses {

  private record Delivery(long nanos, String partition) {}

  private final Map<String, List<Delivery>> byMember = new HashMap<>();

  Pauses(Timeline timeline) {
    for (TimedEvent event : timeline.events()) {
      if (event.event() instanceof Processed processed) {
        byMember
            .computeIfAbsent(processed.member(), unused -> new ArrayList<>())
            .add(new Delivery(event.nanos(), processed.partition()));
      }
    }
  }

  /** The longest pause in a span, of each member that kept something. */
  List<Duration> in(Span span) {
    List<Duration> longest = new ArrayList<>();
    span.kept().forEach((member, kept) -> longest(member, kept, span).ifPresent(longest::add));
    return longest;
  }

  /**
   * A pause begins in the span, and is over with the first record after it. In a calm it is over
   * with the calm: what comes then may take the partition away, to be given back much later.
   */
  private Optional<Duration> longest(String member, Set<String> kept, Span span) {
    long last = span.begin();
    long longest = -1;
    for (Delivery delivery : byMember.getOrDefault(member, List.of())) {
      if (kept.contains(delivery.partition()) && delivery.nanos() > last && last < span.end()) {
        long over = span.isCalm() ? Math.min(delivery.nanos(), span.end()) : delivery.nanos();
        longest = Math.max(longest, over - last);
        last = delivery.nanos();
      }
    }
    return longest < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(longest));
  }
}
