/** What {@code docs/testkit.md} shows. */
@NullMarked
package io.castalia.testkit.page;

import org.jspecify.annotations.NullMarked;
