/**
 * What the members of a consumer group did and were told, and the rules that it must keep. Pure: it
 * uses nothing but the JDK, so that any client's observations can be checked.
 */
@NullMarked
package io.castalia.testkit.group;

import org.jspecify.annotations.NullMarked;
