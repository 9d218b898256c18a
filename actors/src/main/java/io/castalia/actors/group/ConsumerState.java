package io.castalia.actors.group;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;

/**
 * A group that uses the consumer protocol.
 *
 * @param phase follows from the members, and is set by the transitions that lead to it
 * @param timers by when members must speak
 * @param seenTopics the version of the topics that the group has been compared with
 */
record ConsumerState(
    GroupRecord record, GroupPhase phase, Watched<MemberTimers> timers, long seenTopics)
    implements GroupState {
  private static final long NOTHING_SEEN = -1;

  /** A group whose members' sessions begin now. */
  static ConsumerState recovered(
      GroupRecord record, ConsumerMembership consumers, GroupRules rules, long now) {
    Watched<MemberTimers> timers = Watched.nobody(MemberTimers::first);
    for (ConsumerMember member : consumers.all()) {
      timers = timers.with(member.id(), MemberTimers.begin(member, rules, now));
    }
    return new ConsumerState(record, GroupPhase.of(consumers), timers, NOTHING_SEEN);
  }

  @Override
  public int members() {
    return consumers().size();
  }

  ConsumerMembership consumers() {
    return record.consumers();
  }

  @Override
  public ConsumerState with(GroupRecord changed) {
    return new ConsumerState(changed, phase, timers, seenTopics);
  }

  ConsumerState in(GroupPhase reached) {
    return new ConsumerState(record, reached, timers, seenTopics);
  }

  ConsumerState having(long topicsVersion) {
    return new ConsumerState(record, phase, timers, topicsVersion);
  }

  Optional<MemberTimers> timersOf(String memberId) {
    return Optional.ofNullable(timers.byId().get(memberId));
  }

  /** A member has been heard of. */
  ConsumerState heard(ConsumerMember member, GroupRules rules, long now) {
    return with(
        member.id(),
        timersOf(member.id())
            .map(timers -> timers.seen(member, rules, now))
            .orElseGet(() -> MemberTimers.begin(member, rules, now)));
  }

  /** A member has got somewhere else. */
  ConsumerState moved(ConsumerMember member, long now) {
    return timersOf(member.id())
        .map(timers -> with(member.id(), timers.moved(member, now)))
        .orElse(this);
  }

  /** A member of the classic protocol has done its part. */
  ConsumerState freed(ConsumerMember member) {
    return timersOf(member.id()).map(timers -> with(member.id(), timers.freed())).orElse(this);
  }

  /** A member of the classic protocol must join or sync in time. */
  ConsumerState owing(ConsumerMember member, long now) {
    return timersOf(member.id())
        .map(timers -> with(member.id(), timers.owing(member, now)))
        .orElse(this);
  }

  private ConsumerState with(String memberId, MemberTimers changed) {
    return new ConsumerState(record, phase, timers.with(memberId, changed), seenTopics);
  }

  /** Without the timers of a member that is gone. */
  ConsumerState without(String memberId) {
    return new ConsumerState(record, phase, timers.without(memberId), seenTopics);
  }

  /** Whether no member has fallen silent; if that is not certain, {@link #checked} makes it so. */
  boolean isQuiet(long now) {
    return timers.quietUntil() > now;
  }

  ConsumerState checked() {
    return new ConsumerState(record, phase, timers.checked(), seenTopics);
  }

  @Override
  public OptionalLong deadline() {
    return timers.quietUntil() == Watched.NEVER
        ? OptionalLong.empty()
        : OptionalLong.of(timers.quietUntil());
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public boolean isUnused() {
    return consumers().isEmpty();
  }

  @Override
  public String protocolType() {
    return ConsumerProtocol.PROTOCOL_TYPE;
  }

  @Override
  public Optional<Set<String>> subscribed(GroupTopics topics) {
    Set<String> names = new HashSet<>();
    consumers()
        .all()
        .forEach(member -> names.addAll(SubscribedTopics.names(member.subscription(), topics)));
    return Optional.of(names);
  }
}
