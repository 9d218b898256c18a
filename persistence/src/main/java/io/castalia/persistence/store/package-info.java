/**
 * What the journal needs of a store: quorum reads and writes of immutable rows, and one
 * compare-and-set per log. The Cassandra store and the in-memory store implement it; the same
 * contract tests run on both.
 */
@NullMarked
package io.castalia.persistence.store;

import org.jspecify.annotations.NullMarked;
