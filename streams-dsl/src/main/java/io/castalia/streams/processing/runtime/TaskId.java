package io.castalia.streams.processing.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task of an application.
 *
 * @param part the sub-topology's index
 * @param partition of its input topics
 */
public record TaskId(int part, int partition) {
  private static final Pattern FORM = Pattern.compile("(\\d+)_(\\d+)");

  static TaskId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a task as PART_PARTITION, but it was \"%s\"".formatted(text));
    }
    return new TaskId(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  String log(String applicationId) {
    return "task|" + applicationId + "|" + this;
  }

  /** As Kafka Streams writes it. */
  @Override
  public String toString() {
    return part + "_" + partition;
  }
}
