/** Nodes in the test's own process, which can be stopped, killed and started again. */
@NullMarked
package io.castalia.testkit.node;

import org.jspecify.annotations.NullMarked;
