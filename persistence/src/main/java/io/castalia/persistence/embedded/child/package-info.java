/**
 * What runs inside the child process, beside Cassandra's own class path. May use nothing but the
 * JDK.
 */
@NullMarked
package io.castalia.persistence.embedded.child;

import org.jspecify.annotations.NullMarked;
