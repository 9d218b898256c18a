/** A connector of tables in Apache Cassandra, any but those of Castalia itself. */
@NullMarked
package io.castalia.streams.connect.cassandra;

import org.jspecify.annotations.NullMarked;
