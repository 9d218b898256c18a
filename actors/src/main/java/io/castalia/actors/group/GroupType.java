package io.castalia.actors.group;

/** The protocols of groups, with Kafka's names. */
enum GroupType {
  CLASSIC("classic"),
  CONSUMER("consumer");

  private final String kafkaName;

  GroupType(String kafkaName) {
    this.kafkaName = kafkaName;
  }

  String kafkaName() {
    return kafkaName;
  }
}
