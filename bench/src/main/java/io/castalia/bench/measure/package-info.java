/** Small measures of a node: starting, many topics, many partitions, waking up. */
@NullMarked
package io.castalia.bench.measure;

import org.jspecify.annotations.NullMarked;
