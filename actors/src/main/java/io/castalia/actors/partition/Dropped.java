package io.castalia.actors.partition;

import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to a drop.
 *
 * @param error {@link Errors#NONE} once the log is gone, else a retriable code
 */
record Dropped(Errors error) {}
