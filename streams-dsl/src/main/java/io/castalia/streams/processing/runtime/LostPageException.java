package io.castalia.streams.processing.runtime;

/**
 * A page that the state names is not in the store, or is none: the state was lost, or, far more
 * often, the task has another owner by now, which has put other pages in its place.
 */
final class LostPageException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  LostPageException(String message) {
    super(message);
  }

  LostPageException(String message, Throwable cause) {
    super(message, cause);
  }
}
