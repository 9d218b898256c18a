package io.castalia.actors.group;

import java.util.OptionalLong;

/**
 * A member and what it waits for.
 *
 * @param deadline when its session ends, in milliseconds since the epoch
 * @param join the ticket of its unanswered request to join
 * @param sync the ticket of its unanswered request for its assignment
 * @param isNew it has not completed a join yet, so it cannot send heartbeats
 */
record LiveMember(
    Member member, long deadline, OptionalLong join, OptionalLong sync, boolean isNew) {

  static LiveMember of(Member member, long deadline) {
    return new LiveMember(member, deadline, OptionalLong.empty(), OptionalLong.empty(), false);
  }

  String id() {
    return member.id();
  }

  boolean joined() {
    return join.isPresent();
  }

  /** Whether silence would end the session: who waits for an answer cannot speak. */
  boolean mustSpeak() {
    return isNew || (join.isEmpty() && sync.isEmpty());
  }

  /** Alive at this time. */
  LiveMember seen(long now) {
    return new LiveMember(member, now + member.sessionTimeout().toMillis(), join, sync, isNew);
  }

  LiveMember with(Member changed) {
    return new LiveMember(changed, deadline, join, sync, isNew);
  }

  LiveMember joining(long ticket) {
    return new LiveMember(member, deadline, OptionalLong.of(ticket), sync, isNew);
  }

  LiveMember syncing(long ticket) {
    return new LiveMember(member, deadline, join, OptionalLong.of(ticket), isNew);
  }

  /** Answered, and with a new session. */
  LiveMember settled(long now) {
    return of(member, now + member.sessionTimeout().toMillis());
  }
}
