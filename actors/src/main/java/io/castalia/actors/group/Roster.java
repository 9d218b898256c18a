package io.castalia.actors.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Who is in a group. Immutable.
 *
 * @param protocolType what the members do; outlives the last of them
 * @param leader the leader's member id, or empty
 * @param members by member id, in the order in which they came
 * @param pending ids that were given out and have not joined, with the time until which they may
 */
record Roster(
    String protocolType,
    String leader,
    Map<String, LiveMember> members,
    Map<String, Long> pending) {
  Roster {
    members = Collections.unmodifiableMap(members);
    pending = Map.copyOf(pending);
  }

  /** Members of a generation whose sessions begin now. */
  static Roster of(Generation generation, long now) {
    Map<String, LiveMember> members = new LinkedHashMap<>();
    generation
        .members()
        .forEach(
            member ->
                members.put(
                    member.id(), LiveMember.of(member, now + member.sessionTimeout().toMillis())));
    return new Roster(generation.protocolType(), generation.leader(), members, Map.of());
  }

  Collection<LiveMember> all() {
    return members.values();
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  int size() {
    return members.size();
  }

  Optional<LiveMember> find(String memberId) {
    return Optional.ofNullable(members.get(memberId));
  }

  Optional<LiveMember> findStatic(String instanceId) {
    return members.values().stream()
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
    return (int) members.values().stream().filter(LiveMember::joined).count();
  }

  boolean allJoined() {
    return joined() == size() && pending.isEmpty();
  }

  /** The longest rebalance timeout of all members, in milliseconds. */
  long rebalanceMillis() {
    return members.values().stream()
        .mapToLong(each -> each.member().rebalanceTimeout().toMillis())
        .max()
        .orElse(0);
  }

  /** When the first session or the first pending id ends. */
  OptionalLong deadline() {
    return LongStream.concat(
            members.values().stream().filter(LiveMember::mustSpeak).mapToLong(LiveMember::deadline),
            pending.values().stream().mapToLong(Long::longValue))
        .min();
  }

  /** The members as they are persisted. */
  List<Member> records() {
    return members.values().stream().map(LiveMember::member).toList();
  }

  /** With a member that is new or has changed. The first one leads and says what the group does. */
  Roster with(String type, LiveMember member) {
    Map<String, LiveMember> next = new LinkedHashMap<>(members);
    next.put(member.id(), member);
    Map<String, Long> stillPending = new LinkedHashMap<>(pending);
    stillPending.remove(member.id());
    return new Roster(
        members.isEmpty() ? type : protocolType,
        leader.isEmpty() ? member.id() : leader,
        next,
        stillPending);
  }

  Roster with(LiveMember member) {
    return with(protocolType, member);
  }

  Roster each(UnaryOperator<LiveMember> change) {
    Map<String, LiveMember> next = new LinkedHashMap<>();
    members.forEach((id, member) -> next.put(id, change.apply(member)));
    return new Roster(protocolType, leader, next, pending);
  }

  /** Without a member; if it led, the one that came first after it leads. */
  Roster without(String memberId) {
    Map<String, LiveMember> next = new LinkedHashMap<>(members);
    next.remove(memberId);
    String nextLeader = isLeader(memberId) ? next.keySet().stream().findFirst().orElse("") : leader;
    return new Roster(protocolType, nextLeader, next, pending);
  }

  /** A static member with its new id in place of the old one. */
  Roster replacing(String oldId, LiveMember member) {
    List<LiveMember> order = new ArrayList<>(members.values());
    order.replaceAll(each -> each.id().equals(oldId) ? member : each);
    Map<String, LiveMember> next = new LinkedHashMap<>();
    order.forEach(each -> next.put(each.id(), each));
    return new Roster(protocolType, isLeader(oldId) ? member.id() : leader, next, pending);
  }

  Roster ledBy(String memberId) {
    return new Roster(protocolType, memberId, members, pending);
  }

  Roster withPending(String memberId, long until) {
    Map<String, Long> next = new LinkedHashMap<>(pending);
    next.put(memberId, until);
    return new Roster(protocolType, leader, members, next);
  }

  Roster withoutPending(String memberId) {
    Map<String, Long> next = new LinkedHashMap<>(pending);
    next.remove(memberId);
    return new Roster(protocolType, leader, members, next);
  }
}
