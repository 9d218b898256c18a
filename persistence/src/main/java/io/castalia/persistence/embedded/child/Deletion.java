package io.castalia.persistence.embedded.child;

/**
 * A deleted segment whose rows may still be in the files.
 *
 * @param bytes about what they take
 */
record Deletion(String log, long segment, long bytes) {}
