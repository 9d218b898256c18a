package io.castalia.persistence;

/**
 * The store did not answer, or could not reach a quorum: try again later. Nothing is known to be
 * lost.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message) {
    super(message);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
