package io.castalia.streams.processing.pages;

/** A page cannot be read now: nothing is wrong with the record that needs it, which must wait. */
public final class PageUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PageUnavailableException(long number, Throwable cause) {
    super("page %d of the state cannot be read: %s".formatted(number, cause.getMessage()), cause);
  }
}
