package io.castalia.bench.churn;

import io.castalia.testkit.group.GroupEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A group's history, with the times.
 *
 * @param partitions how many the group shares
 * @param events in the order of time
 * @param changes in the order of time
 */
record Timeline(int partitions, List<TimedEvent> events, List<Change> changes) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  Timeline {
    events = List.copyOf(events);
    changes = List.copyOf(changes);
  }

  /** Writes it down, for whoever must find out what went wrong. */
  void writeTo(Path file) {
    List<String> lines =
        Stream.concat(
                events.stream().map(each -> Map.entry(each.nanos(), each.event().toString())),
                changes.stream().map(each -> Map.entry(each.nanos(), each.toString())))
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() / NANOS_PER_MILLI + " " + each.getValue())
            .toList();
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<GroupEvent> history() {
    return events.stream().map(TimedEvent::event).toList();
  }
}
