/**
 * What clients did and saw, and the rules that it must keep. Pure: it uses nothing but the JDK, so
 * that any client's observations can be checked.
 */
@NullMarked
package io.castalia.testkit.history;

import org.jspecify.annotations.NullMarked;
