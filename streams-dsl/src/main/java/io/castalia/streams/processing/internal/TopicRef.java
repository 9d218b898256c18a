package io.castalia.streams.processing.internal;

/**
 * A topic as a topology names it.
 *
 * @param internal whether it belongs to the application, which creates it and whose id it bears
 */
public record TopicRef(String name, boolean internal) {

  /** What the topic is called in the cluster. */
  public String in(String applicationId) {
    return internal ? applicationId + "-" + name : name;
  }
}
