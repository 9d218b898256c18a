package io.castalia.streams.processing.internal;

/** A topic cannot be asked for now: nothing is wrong with the record that needs it. */
public final class TopicUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TopicUnavailableException(String topic, Throwable cause) {
    super("topic \"%s\" cannot be asked for: %s".formatted(topic, cause), cause);
  }
}
