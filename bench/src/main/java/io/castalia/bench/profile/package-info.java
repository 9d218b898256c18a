/** Says where a node and its Cassandra spend their time, from flight recordings under load. */
@NullMarked
package io.castalia.bench.profile;

import org.jspecify.annotations.NullMarked;
