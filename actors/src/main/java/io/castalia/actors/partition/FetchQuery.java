package io.castalia.actors.partition;

/**
 * What to fetch from one partition.
 *
 * @param offset the first offset wanted
 * @param maxBytes soft limit in bytes: the batch that holds {@code offset} is returned even if it
 *     alone is larger
 * @param expectedLeaderEpoch the leader epoch that the client knows, or -1
 * @param readCommitted whether to stop at the last stable offset
 */
public record FetchQuery(
    long offset, int maxBytes, int expectedLeaderEpoch, boolean readCommitted) {}
