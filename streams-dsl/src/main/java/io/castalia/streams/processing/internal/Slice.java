package io.castalia.streams.processing.internal;

/**
 * What is done of a move of time at once.
 *
 * @param of the move, as far as it has come
 * @param entries of stores, or calls of punctuators, at most
 * @param skipping whether nothing is to follow of these, since it would fail
 */
record Slice(Unfinished of, int entries, boolean skipping) {}
