package io.castalia.persistence;

/**
 * What to read from a log.
 *
 * @param log the persistence id
 * @param epoch the log's current epoch as told by its owner; a reader that knows an older one
 *     refreshes its index
 * @param position the first position wanted
 * @param limit exclusive upper bound: the high watermark that the owner gave; nothing at or beyond
 *     it is returned
 * @param maxBytes soft limit of the payload returned, in bytes; the entry that holds {@code
 *     position} is returned even if it alone is larger
 */
public record ReadQuery(String log, int epoch, long position, long limit, int maxBytes) {
  public ReadQuery {
    if (position < 0 || limit < position || maxBytes < 0) {
      throw new IllegalArgumentException(
          "expected 0 <= position <= limit and maxBytes >= 0, but position was "
              + position
              + ", limit "
              + limit
              + ", maxBytes "
              + maxBytes);
    }
  }
}
