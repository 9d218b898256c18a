package io.castalia.streams.processing.internal;

import java.util.function.ToIntFunction;

/**
 * Where a task is.
 *
 * @param applicationId of the application
 * @param partition of the task's input topics
 * @param counts the number of partitions of a topic, by its name in the cluster
 */
public record TaskPlace(String applicationId, int partition, ToIntFunction<String> counts) {}
