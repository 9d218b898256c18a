package io.castalia.streams.processing.pages;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A changed entry that is not in pages yet.
 *
 * @param value null when the entry was removed
 * @param covers whether there is an entry beneath it, in older changes or in pages
 */
public record Recent(@Nullable Bytes value, boolean covers) {}
