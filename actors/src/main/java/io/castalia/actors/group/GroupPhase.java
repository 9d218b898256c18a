package io.castalia.actors.group;

/** The phases of a group that uses the classic protocol, with Kafka's names. */
enum GroupPhase {
  EMPTY("Empty"),
  PREPARING_REBALANCE("PreparingRebalance"),
  COMPLETING_REBALANCE("CompletingRebalance"),
  STABLE("Stable"),
  DEAD("Dead");

  private final String kafkaName;

  GroupPhase(String kafkaName) {
    this.kafkaName = kafkaName;
  }

  String kafkaName() {
    return kafkaName;
  }
}
