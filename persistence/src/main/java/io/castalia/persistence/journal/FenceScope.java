package io.castalia.persistence.journal;

/**
 * What of a writer a fence row takes away. A log is fenced epoch by epoch: a writer that owned it
 * in an epoch that is over may come to own it again in a later one.
 */
final class FenceScope {
  /** Everything that the writer owns, or ever will. */
  static final String ALL = "*";

  private FenceScope() {}

  static String of(String log, int epoch) {
    return epoch + "/" + log;
  }
}
