package io.castalia.actors.group;

/** The phases of a group, with Kafka's names. */
enum GroupPhase {
  EMPTY(GroupType.CLASSIC, "Empty"),
  PREPARING_REBALANCE(GroupType.CLASSIC, "PreparingRebalance"),
  COMPLETING_REBALANCE(GroupType.CLASSIC, "CompletingRebalance"),
  STABLE(GroupType.CLASSIC, "Stable"),
  CONSUMER_EMPTY(GroupType.CONSUMER, "Empty"),
  /** There is something new, and no target yet that takes it into account. */
  ASSIGNING(GroupType.CONSUMER, "Assigning"),
  /** Members are on their way to their targets. */
  RECONCILING(GroupType.CONSUMER, "Reconciling"),
  CONSUMER_STABLE(GroupType.CONSUMER, "Stable"),
  DEAD(GroupType.CLASSIC, "Dead");

  private final GroupType type;
  private final String kafkaName;

  GroupPhase(GroupType type, String kafkaName) {
    this.type = type;
    this.kafkaName = kafkaName;
  }

  GroupType type() {
    return type;
  }

  String kafkaName() {
    return kafkaName;
  }

  /** Whether a group in this phase has no members. */
  boolean isEmpty() {
    return this == EMPTY || this == CONSUMER_EMPTY;
  }

  /** The phase of a consumer group. */
  static GroupPhase of(ConsumerMembership consumers) {
    if (consumers.isEmpty()) {
      return CONSUMER_EMPTY;
    }
    int target = consumers.target().epoch();
    if (consumers.epoch().number() > target) {
      return ASSIGNING;
    }
    boolean all = consumers.all().stream().allMatch(each -> each.standing().isAt(target));
    return all ? CONSUMER_STABLE : RECONCILING;
  }
}
