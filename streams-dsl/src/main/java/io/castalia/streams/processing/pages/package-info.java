/**
 * The content of a store that need not fit in memory: recent changes over sorted pages, which are
 * read when they are touched. Pure, and no part of the public interface: it may change at any time.
 */
@NullMarked
package io.castalia.streams.processing.pages;

import org.jspecify.annotations.NullMarked;
