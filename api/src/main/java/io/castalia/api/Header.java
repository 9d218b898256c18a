package io.castalia.api;

import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A record header. Names may repeat within a record; order is kept.
 *
 * @param name the header's name
 * @param value its bytes, or null
 */
public record Header(String name, @Nullable ByteString value) {}
