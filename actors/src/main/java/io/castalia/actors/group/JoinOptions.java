package io.castalia.actors.group;

/**
 * What differs between versions of the request to join.
 *
 * @param requireMemberId answer a member without an id with MEMBER_ID_REQUIRED and an id, and let
 *     it join with that (from version 4)
 * @param maySkipAssignment the leader understands that it need not assign (from version 9)
 * @param reason why the member joins, for the log; may be empty
 */
public record JoinOptions(boolean requireMemberId, boolean maySkipAssignment, String reason) {}
