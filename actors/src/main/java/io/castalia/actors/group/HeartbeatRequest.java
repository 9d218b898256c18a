package io.castalia.actors.group;

/** A sign of life of a member. */
public record HeartbeatRequest(String groupId, MemberIdentity member, int generation)
    implements GroupRequest {}
