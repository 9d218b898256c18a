package io.castalia.actors.group;

/**
 * Who asks, where the answer is only for members.
 *
 * @param epoch as last answered
 */
public record MemberClaim(String memberId, int epoch) {}
