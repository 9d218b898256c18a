package io.castalia.actors.group;

import java.util.OptionalLong;

/**
 * By when a member of a consumer group must speak, in milliseconds since the epoch.
 *
 * @param session when its silence ends its session
 * @param duty by when it must have done its part of a rebalance, if it has one to do
 */
record MemberTimers(long session, OptionalLong duty) {

  /** Those of a member that has just been heard of, or whose coordinator has just begun. */
  static MemberTimers begin(ConsumerMember member, GroupRules rules, long now) {
    return new MemberTimers(now + sessionMillis(member, rules), duty(member, now));
  }

  static long sessionMillis(ConsumerMember member, GroupRules rules) {
    return member
        .classic()
        .map(ClassicTerms::sessionTimeout)
        .orElse(rules.consumers().session())
        .toMillis();
  }

  /** What a member of the consumer protocol owes: to let go of partitions. */
  private static OptionalLong duty(ConsumerMember member, long now) {
    return member.standing().isRevoking() && !member.isClassic()
        ? OptionalLong.of(now + member.subscription().rebalanceTimeout().toMillis())
        : OptionalLong.empty();
  }

  MemberTimers seen(ConsumerMember member, GroupRules rules, long now) {
    boolean mayOwe = member.isClassic() || member.standing().isRevoking();
    return new MemberTimers(
        now + sessionMillis(member, rules), mayOwe ? duty : OptionalLong.empty());
  }

  /** The member of the classic protocol has done its part. */
  MemberTimers freed() {
    return new MemberTimers(session, OptionalLong.empty());
  }

  /** The member of the classic protocol must join or sync, unless it must already. */
  MemberTimers owing(ConsumerMember member, long now) {
    long until = now + member.subscription().rebalanceTimeout().toMillis();
    return new MemberTimers(session, OptionalLong.of(duty.orElse(until)));
  }

  /** The member has got somewhere else. */
  MemberTimers moved(ConsumerMember member, long now) {
    return member.isClassic() ? this : new MemberTimers(session, duty(member, now));
  }

  long first() {
    return Math.min(session, duty.orElse(Long.MAX_VALUE));
  }

  boolean isSilent(long now) {
    return session <= now;
  }

  boolean isOverdue(long now) {
    return duty.isPresent() && duty.getAsLong() <= now;
  }
}
