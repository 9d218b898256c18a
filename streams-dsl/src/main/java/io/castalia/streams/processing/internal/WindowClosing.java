package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Window;

/**
 * When windows take no more records.
 *
 * @param graceMs after their ends, in milliseconds of event time
 * @param endInside whether a window's end is its last millisecond, and not the one behind it
 */
public record WindowClosing(long graceMs, boolean endInside) {

  /** The watermark at which a window is closed. */
  long closesAt(Window window) {
    return window.end() + graceMs + (endInside ? 1 : 0);
  }

  boolean isClosed(Window window, long watermark) {
    return closesAt(window) <= watermark;
  }
}
