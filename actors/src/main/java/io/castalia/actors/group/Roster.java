package io.castalia.actors.group;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Who is in a group. Immutable.
 *
 * @param protocolType what the members do; outlives the last of them
 * @param leader the leader's member id, or empty
 * @param watched the members
 * @param pending ids that were given out and have not joined, with the time until which they may
 */
record Roster(
    String protocolType, String leader, Watched<LiveMember> watched, Map<String, Long> pending) {
  private static final Watched<LiveMember> NOBODY = Watched.nobody(Roster::deadlineOf);

  Roster {
    pending = Map.copyOf(pending);
  }

  private static long deadlineOf(LiveMember member) {
    return member.mustSpeak() ? member.deadline() : Watched.NEVER;
  }

  /** Members of a generation whose sessions begin now. */
  static Roster of(Generation generation, long now) {
    List<LiveMember> members =
        generation.members().stream()
            .map(member -> LiveMember.of(member, now + member.sessionTimeout().toMillis()))
            .toList();
    return new Roster(generation.protocolType(), generation.leader(), watched(members), Map.of());
  }

  private static Watched<LiveMember> watched(Collection<LiveMember> members) {
    Watched<LiveMember> all = NOBODY;
    for (LiveMember member : members) {
      all = all.with(member.id(), member);
    }
    return all;
  }

  /** By member id, in the order in which they came. */
  Map<String, LiveMember> members() {
    return watched.byId();
  }

  Collection<LiveMember> all() {
    return members().values();
  }

  boolean isEmpty() {
    return members().isEmpty();
  }

  int size() {
    return members().size();
  }

  Optional<LiveMember> find(String memberId) {
    return Optional.ofNullable(members().get(memberId));
  }

  Optional<LiveMember> findStatic(String instanceId) {
    return all().stream()
        .filter(each -> each.member().identity().instanceId().equals(Optional.of(instanceId)))
        .findFirst();
  }

  boolean isPending(String memberId) {
    return pending.containsKey(memberId);
  }

  boolean isLeader(String memberId) {
    return leader.equals(memberId);
  }

  int joined() {
    return (int) all().stream().filter(LiveMember::joined).count();
  }

  boolean allJoined() {
    return joined() == size() && pending.isEmpty();
  }

  /** The longest rebalance timeout of all members, in milliseconds. */
  long rebalanceMillis() {
    return all().stream()
        .mapToLong(each -> each.member().rebalanceTimeout().toMillis())
        .max()
        .orElse(0);
  }

  /** Whether no session has ended; if that is not certain, {@link #checked} makes it so. */
  boolean isQuiet(long now) {
    return watched.quietUntil() > now;
  }

  Roster checked() {
    return new Roster(protocolType, leader, watched.checked(), pending);
  }

  /** When the first session or the first pending id may end. */
  OptionalLong deadline() {
    long first = pending.values().stream().mapToLong(Long::longValue).min().orElse(Watched.NEVER);
    long next = Math.min(first, watched.quietUntil());
    return next == Watched.NEVER ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** The members as they are persisted. */
  List<Member> records() {
    return all().stream().map(LiveMember::member).toList();
  }

  /** With a member that is new or has changed. The first one leads and says what the group does. */
  Roster with(String type, LiveMember member) {
    return new Roster(
        isEmpty() ? type : protocolType,
        leader.isEmpty() ? member.id() : leader,
        watched.with(member.id(), member),
        isPending(member.id()) ? pendingWithout(member.id()) : pending);
  }

  Roster with(LiveMember member) {
    return with(protocolType, member);
  }

  Roster each(UnaryOperator<LiveMember> change) {
    List<LiveMember> changed = all().stream().map(change).toList();
    return new Roster(protocolType, leader, watched(changed), pending);
  }

  /** Without a member; if it led, the one that came first after it leads. */
  Roster without(String memberId) {
    Watched<LiveMember> left = watched.without(memberId);
    String nextLeader =
        isLeader(memberId) ? left.byId().keySet().stream().findFirst().orElse("") : leader;
    return new Roster(protocolType, nextLeader, left, pending);
  }

  /** A static member with its new id in place of the old one. */
  Roster replacing(String oldId, LiveMember member) {
    List<LiveMember> order =
        all().stream().map(each -> each.id().equals(oldId) ? member : each).toList();
    return new Roster(
        protocolType, isLeader(oldId) ? member.id() : leader, watched(order), pending);
  }

  Roster ledBy(String memberId) {
    return new Roster(protocolType, memberId, watched, pending);
  }

  Roster withPending(String memberId, long until) {
    Map<String, Long> next = new LinkedHashMap<>(pending);
    next.put(memberId, until);
    return new Roster(protocolType, leader, watched, next);
  }

  Roster withoutPending(String memberId) {
    return new Roster(protocolType, leader, watched, pendingWithout(memberId));
  }

  private Map<String, Long> pendingWithout(String memberId) {
    Map<String, Long> left = new LinkedHashMap<>(pending);
    left.remove(memberId);
    return left;
  }
}
