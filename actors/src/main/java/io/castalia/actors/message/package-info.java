/** What actors of every kind use to tell variants of messages apart and to write them as bytes. */
@NullMarked
package io.castalia.actors.message;

import org.jspecify.annotations.NullMarked;
