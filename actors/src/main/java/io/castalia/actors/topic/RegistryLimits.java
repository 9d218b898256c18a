package io.castalia.actors.topic;

/** What the registry refuses to go beyond, and how it divides what would be too large. */
final class RegistryLimits {
  /** Partitions of one topic. */
  static final int MAX_PARTITIONS = 100_000;

  /** Characters of one configuration value. */
  static final int MAX_VALUE_CHARS = 4096;

  /** Characters of one request, names and values together. */
  static final int MAX_REQUEST_CHARS = 32_768;

  /** Characters of a request's text that an error message repeats. */
  static final int MAX_QUOTED_CHARS = 200;

  /**
   * Weight ({@link RegistryChange#weight()}) after which a batch of changes or a page of topics is
   * closed, so that each fits in one message between nodes.
   */
  static final int BATCH_WEIGHT = 65_536;

  /** Requests that may wait while a batch is written; the next is told to come again. */
  static final int MAX_WAITING = 20_000;

  /** Producer ids given to a node at a time. */
  static final int PRODUCER_ID_BLOCK = 1000;

  private RegistryLimits() {}

  /** Text from a request for use in a message. */
  static String quoted(String text) {
    return text.length() <= MAX_QUOTED_CHARS
        ? "\"" + text + "\""
        : "\"" + text.substring(0, MAX_QUOTED_CHARS) + "...\" (" + text.length() + " characters)";
  }
}
