package io.castalia.actors.group;

import static io.castalia.actors.group.GroupPhase.ASSIGNING;
import static io.castalia.actors.group.GroupPhase.COMPLETING_REBALANCE;
import static io.castalia.actors.group.GroupPhase.CONSUMER_EMPTY;
import static io.castalia.actors.group.GroupPhase.CONSUMER_STABLE;
import static io.castalia.actors.group.GroupPhase.DEAD;
import static io.castalia.actors.group.GroupPhase.EMPTY;
import static io.castalia.actors.group.GroupPhase.PREPARING_REBALANCE;
import static io.castalia.actors.group.GroupPhase.RECONCILING;
import static io.castalia.actors.group.GroupPhase.STABLE;

/** Every way from one phase of a group to another; there are no others. */
enum Transition {
  FIRST_MEMBER_JOINED(EMPTY, Cause.JOIN, PREPARING_REBALANCE),
  ALL_JOINED(PREPARING_REBALANCE, Cause.ALL_JOINED, COMPLETING_REBALANCE),
  JOIN_TIME_OVER(PREPARING_REBALANCE, Cause.TIME_OVER, COMPLETING_REBALANCE),
  NOBODY_LEFT(PREPARING_REBALANCE, Cause.NOBODY_LEFT, EMPTY),
  ASSIGNED(COMPLETING_REBALANCE, Cause.ASSIGNED, STABLE),
  JOINED_WHILE_ASSIGNING(COMPLETING_REBALANCE, Cause.JOIN, PREPARING_REBALANCE),
  LEFT_WHILE_ASSIGNING(COMPLETING_REBALANCE, Cause.LEAVE, PREPARING_REBALANCE),
  SILENT_WHILE_ASSIGNING(COMPLETING_REBALANCE, Cause.SILENCE, PREPARING_REBALANCE),
  SYNC_MISSED_WHILE_ASSIGNING(COMPLETING_REBALANCE, Cause.SYNC_MISSED, PREPARING_REBALANCE),
  JOINED(STABLE, Cause.JOIN, PREPARING_REBALANCE),
  LEFT(STABLE, Cause.LEAVE, PREPARING_REBALANCE),
  SILENT(STABLE, Cause.SILENCE, PREPARING_REBALANCE),
  SYNC_MISSED(STABLE, Cause.SYNC_MISSED, PREPARING_REBALANCE),
  DELETED(EMPTY, Cause.DELETION, DEAD),
  EXPIRED(EMPTY, Cause.EXPIRY, DEAD),
  FIRST_CONSUMER_JOINED(CONSUMER_EMPTY, Cause.SUBSCRIPTION, ASSIGNING),
  SUBSCRIBED_WHILE_RECONCILING(RECONCILING, Cause.SUBSCRIPTION, ASSIGNING),
  SUBSCRIBED(CONSUMER_STABLE, Cause.SUBSCRIPTION, ASSIGNING),
  TOPICS_CHANGED_WHILE_RECONCILING(RECONCILING, Cause.TOPICS_CHANGED, ASSIGNING),
  TOPICS_CHANGED(CONSUMER_STABLE, Cause.TOPICS_CHANGED, ASSIGNING),
  CONSUMER_LEFT_WHILE_RECONCILING(RECONCILING, Cause.LEAVE, ASSIGNING),
  CONSUMER_LEFT(CONSUMER_STABLE, Cause.LEAVE, ASSIGNING),
  CONSUMER_SILENT_WHILE_RECONCILING(RECONCILING, Cause.SILENCE, ASSIGNING),
  CONSUMER_SILENT(CONSUMER_STABLE, Cause.SILENCE, ASSIGNING),
  OVERDUE_WHILE_RECONCILING(RECONCILING, Cause.OVERDUE, ASSIGNING),
  OVERDUE(CONSUMER_STABLE, Cause.OVERDUE, ASSIGNING),
  CONSUMER_AWAY(CONSUMER_STABLE, Cause.AWAY, RECONCILING),
  TARGET_ASSIGNED(ASSIGNING, Cause.TARGET_ASSIGNED, RECONCILING),
  RECONCILED(RECONCILING, Cause.RECONCILED, CONSUMER_STABLE),
  NO_CONSUMER_LEFT_WHILE_ASSIGNING(ASSIGNING, Cause.NOBODY_LEFT, CONSUMER_EMPTY),
  NO_CONSUMER_LEFT_WHILE_RECONCILING(RECONCILING, Cause.NOBODY_LEFT, CONSUMER_EMPTY),
  NO_CONSUMER_LEFT(CONSUMER_STABLE, Cause.NOBODY_LEFT, CONSUMER_EMPTY),
  CONSUMERS_DELETED(CONSUMER_EMPTY, Cause.DELETION, DEAD),
  CONSUMERS_EXPIRED(CONSUMER_EMPTY, Cause.EXPIRY, DEAD),
  CHANGED_TO_CONSUMER(EMPTY, Cause.CONSUMER_CAME, CONSUMER_EMPTY),
  CHANGED_TO_CLASSIC(CONSUMER_EMPTY, Cause.CLASSIC_CAME, EMPTY),
  UPGRADED_WHILE_JOINING(PREPARING_REBALANCE, Cause.CONSUMER_CAME, ASSIGNING),
  UPGRADED_WHILE_SYNCING(COMPLETING_REBALANCE, Cause.CONSUMER_CAME, ASSIGNING),
  UPGRADED(STABLE, Cause.CONSUMER_CAME, ASSIGNING),
  DOWNGRADED_WHILE_ASSIGNING(ASSIGNING, Cause.CONSUMERS_GONE, PREPARING_REBALANCE),
  DOWNGRADED_WHILE_RECONCILING(RECONCILING, Cause.CONSUMERS_GONE, PREPARING_REBALANCE),
  DOWNGRADED(CONSUMER_STABLE, Cause.CONSUMERS_GONE, PREPARING_REBALANCE);

  /** What makes a group change its phase. */
  enum Cause {
    JOIN("a member joins, or joins again with something new"),
    ALL_JOINED("all members have joined"),
    TIME_OVER("the time to join is over"),
    NOBODY_LEFT("no member is left"),
    ASSIGNED("the leader assigns"),
    LEAVE("a member leaves"),
    SILENCE("a member's session expires"),
    SYNC_MISSED("a member does not ask for its assignment in time"),
    DELETION("the group is deleted"),
    EXPIRY("its last offset has expired"),
    SUBSCRIPTION("a member joins, or subscribes to something else"),
    TOPICS_CHANGED("topics come, go or grow"),
    AWAY("a static member leaves for a while"),
    TARGET_ASSIGNED("partitions are assigned anew"),
    RECONCILED("all members have what they should"),
    OVERDUE("a member does not do its part of a rebalance in time"),
    CONSUMERS_GONE("its last member of the consumer protocol is gone"),
    CLASSIC_CAME("a member of the classic protocol joins"),
    CONSUMER_CAME("a member of the consumer protocol joins");

    private final String text;

    Cause(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private final GroupPhase from;
  private final Cause cause;
  private final GroupPhase to;

  Transition(GroupPhase from, Cause cause, GroupPhase to) {
    this.from = from;
    this.cause = cause;
    this.to = to;
  }

  GroupPhase from() {
    return from;
  }

  Cause cause() {
    return cause;
  }

  GroupPhase to() {
    return to;
  }

  /** Whether the members' partitions will be shared anew. */
  boolean beginsRebalance() {
    return to == PREPARING_REBALANCE || to == ASSIGNING;
  }

  /**
   * The row for a change of phase.
   *
   * @throws IllegalStateException if there is none
   */
  static Transition of(GroupPhase from, Cause cause) {
    for (Transition row : values()) {
      if (row.from == from && row.cause == cause) {
        return row;
      }
    }
    throw new IllegalStateException("expected no change of \"%s\" by %s".formatted(from, cause));
  }
}
