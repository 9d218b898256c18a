package io.castalia.bench.churn;

import io.castalia.testkit.group.GroupEvent;

/**
 * When something happened.
 *
 * @param nanos of {@link System#nanoTime()}
 */
record TimedEvent(long nanos, GroupEvent event) {}
