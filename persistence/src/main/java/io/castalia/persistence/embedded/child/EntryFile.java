package io.castalia.persistence.embedded.child;

/**
 * One file of a table.
 *
 * @param name its path
 * @param bytes that it takes on the disk
 * @param lastWrite the latest time of what is in it, as Cassandra counts it
 */
record EntryFile(String name, long bytes, long lastWrite) {}
