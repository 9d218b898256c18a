package io.castalia.actors.group;

import org.apache.pekko.util.ByteString;

/**
 * A way to share work that a member offers.
 *
 * @param name for example {@code "range"}
 * @param metadata what the member tells the leader; opaque
 */
public record GroupProtocol(String name, ByteString metadata) {}
