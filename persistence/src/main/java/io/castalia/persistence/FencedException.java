package io.castalia.persistence;

/**
 * Another writer has taken the log over: this writer may not acknowledge anything more in its
 * epoch.
 */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FencedException(String message) {
    super(message);
  }
}
