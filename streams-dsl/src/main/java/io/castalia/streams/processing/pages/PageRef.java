package io.castalia.streams.processing.pages;

import org.apache.kafka.common.utils.Bytes;

/**
 * A page's place among the pages of a map.
 *
 * @param first the map has from this key on, up to the first key of the next page, what the page
 *     has; what it has of keys before does not count
 * @param number of the page, among all that the task ever wrote
 */
public record PageRef(Bytes first, long number) {}
