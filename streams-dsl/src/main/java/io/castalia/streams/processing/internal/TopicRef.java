package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.TopologyException;
import java.util.regex.Pattern;

/**
 * A topic as a topology names it.
 *
 * @param internal whether it belongs to the application, which creates it and whose id it bears
 */
public record TopicRef(String name, boolean internal) {
  /** Kafka's rule, which "." and ".." are excepted from. */
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  public TopicRef {
    if (!NAME.matcher(name).matches()) {
      throw new TopologyException(
          "expected a topic's name of at most 249 letters, digits, \".\", \"_\" and \"-\", but it"
              + " was"
              + " \"%s\"".formatted(name));
    }
  }

  /** What the topic is called in the cluster. */
  public String in(String applicationId) {
    return internal ? applicationId + "-" + name : name;
  }
}
