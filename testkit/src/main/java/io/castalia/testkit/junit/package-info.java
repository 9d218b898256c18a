/** Simulated clusters as fields and parameters of JUnit tests. */
@NullMarked
package io.castalia.testkit.junit;

import org.jspecify.annotations.NullMarked;
