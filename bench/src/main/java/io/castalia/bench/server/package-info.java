/**
 * Servers as processes of their own, on loopback and free ports, and what the system says of their
 * use of it.
 */
@NullMarked
package io.castalia.bench.server;

import org.jspecify.annotations.NullMarked;
