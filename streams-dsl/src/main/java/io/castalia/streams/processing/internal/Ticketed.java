package io.castalia.streams.processing.internal;

import org.jspecify.annotations.Nullable;

/**
 * What passes between the two sides of a join by foreign key, with the ticket of the subscription
 * that it belongs to: a row's key on the way there, the other side's value on the way back.
 *
 * @param ticket given out by the row's task for each version of the row; {@link #CANCELLED} when
 *     the row no longer refers to the key
 */
public record Ticketed<T>(long ticket, @Nullable T value) {
  static final long CANCELLED = -1;
}
