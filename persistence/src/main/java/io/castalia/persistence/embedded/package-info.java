/**
 * A real Cassandra as a child process, for a node or a test that has no cluster: its files, its
 * Java, its life. Knows neither the driver nor the journal.
 */
@NullMarked
package io.castalia.persistence.embedded;

import org.jspecify.annotations.NullMarked;
