package io.castalia.streams.processing.pages;

/** Where pages are read. */
@FunctionalInterface
public interface PageSource {

  /** For states that have no pages. */
  PageSource NONE =
      number -> {
        throw new IllegalStateException(
            "expected a state that is all in memory, but page %d was asked for".formatted(number));
      };

  /**
   * The page of a number. May block.
   *
   * @throws PageUnavailableException if it cannot be read now
   */
  Page page(long number);
}
