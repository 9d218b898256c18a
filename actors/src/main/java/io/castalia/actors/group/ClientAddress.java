package io.castalia.actors.group;

/**
 * Where a member speaks from, for who looks at groups.
 *
 * @param clientId as the client calls itself
 * @param host for example {@code "/10.0.0.7"}
 */
public record ClientAddress(String clientId, String host) {}
