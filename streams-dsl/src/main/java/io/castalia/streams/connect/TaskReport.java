package io.castalia.streams.connect;

/**
 * How a task is.
 *
 * @param name the connector's
 * @param generation of what it runs
 */
record TaskReport(String name, long generation, TaskStatus status)
    implements RegistryCommand.Internal {}
