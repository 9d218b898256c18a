package io.castalia.streams.processing;

/** A topology that cannot work, told when it is built or started. */
public final class TopologyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TopologyException(String message) {
    super(message);
  }
}
