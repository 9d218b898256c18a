package io.castalia.bench.churn;

import io.castalia.testkit.group.GroupEvent;
import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.Revoked;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a member in a process of its own says, a line each: when, what, and details. */
final class EventLines {

  private static final String FIELD = " ";
  private static final String ITEM = ",";
  private static final String NOTHING = "-";

  private EventLines() {}

  /**
   * Writes an event of a member.
   *
   * @param nanos of {@link System#nanoTime()}, which all processes of a Linux machine share
   */
  static String write(long nanos, GroupEvent event) {
    return nanos + FIELD + event.getClass().getSimpleName() + FIELD + details(event);
  }

  private static String details(GroupEvent event) {
    if (event instanceof Assigned assigned) {
      return assigned.generation() + FIELD + join(assigned.partitions());
    } else if (event instanceof Revoked revoked) {
      return join(revoked.partitions());
    } else if (event instanceof Lost lost) {
      return join(lost.partitions());
    } else if (event instanceof Processed processed) {
      return processed.partition() + FIELD + processed.first() + FIELD + processed.last();
    } else if (event instanceof CommitBegun commit) {
      return join(
          commit.offsets().entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.toSet()));
    } else if (event instanceof CommitEnded commit) {
      return Boolean.toString(commit.accepted());
    }
    throw new IllegalArgumentException("expected what a member says, but got " + event);
  }

  /** Reads what {@link #write} wrote. */
  static TimedEvent read(String member, String line) {
    String[] fields = line.split(FIELD, -1);
    return new TimedEvent(Long.parseLong(fields[0]), event(member, fields));
  }

  private static GroupEvent event(String member, String[] fields) {
    return switch (fields[1]) {
      case "Assigned" -> new Assigned(member, Integer.parseInt(fields[2]), set(fields[3]));
      case "Revoked" -> new Revoked(member, set(fields[2]));
      case "Lost" -> new Lost(member, set(fields[2]));
      case "Processed" ->
          new Processed(member, fields[2], Long.parseLong(fields[3]), Long.parseLong(fields[4]));
      case "CommitBegun" -> new CommitBegun(member, offsets(fields[2]));
      case "CommitEnded" -> new CommitEnded(member, Boolean.parseBoolean(fields[2]));
      default -> throw new IllegalArgumentException("unknown event \"" + fields[1] + "\"");
    };
  }

  private static String join(Set<String> items) {
    return items.isEmpty() ? NOTHING : String.join(ITEM, items);
  }

  private static Set<String> set(String text) {
    return text.equals(NOTHING) ? Set.of() : Set.of(text.split(ITEM, -1));
  }

  private static Map<String, Long> offsets(String text) {
    return Arrays.stream(text.split(ITEM, -1))
        .map(each -> each.split("=", -1))
        .collect(Collectors.toMap(each -> each[0], each -> Long.parseLong(each[1])));
  }
}
