/** Many partitions on one server, few of them in use. */
@NullMarked
package io.castalia.bench.wide;

import org.jspecify.annotations.NullMarked;
