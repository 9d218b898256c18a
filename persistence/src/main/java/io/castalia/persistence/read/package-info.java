/** Reads logs by position: the tail from memory, older entries from the store with read-ahead. */
@NullMarked
package io.castalia.persistence.read;

import org.jspecify.annotations.NullMarked;
