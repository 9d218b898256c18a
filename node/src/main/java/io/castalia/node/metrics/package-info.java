/**
 * The registry of a node's meters, and those of its process. May use Micrometer; what other
 * packages measure they register themselves.
 */
@NullMarked
package io.castalia.node.metrics;

import org.jspecify.annotations.NullMarked;
