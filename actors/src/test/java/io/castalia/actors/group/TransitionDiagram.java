package io.castalia.actors.group;

/** Draws the phases of a group from the table of transitions. */
final class TransitionDiagram {
  private TransitionDiagram() {}

  /** The ways of a group that uses the classic protocol, in Mermaid's language. */
  static String ofClassic() {
    return draw(GroupType.CLASSIC);
  }

  /** The ways of a group that uses the consumer protocol, to it and from it. */
  static String ofConsumer() {
    return draw(GroupType.CONSUMER);
  }

  private static String draw(GroupType type) {
    StringBuilder diagram = new StringBuilder("stateDiagram-v2\n    [*] --> ");
    diagram.append(name(GroupPhase.EMPTY, type)).append('\n');
    for (Transition row : Transition.values()) {
      if (type(row) == type) {
        diagram
            .append("    ")
            .append(name(row.from(), type))
            .append(" --> ")
            .append(name(row.to(), type))
            .append(": ")
            .append(row.cause().text())
            .append('\n');
      }
    }
    return diagram.append("    Dead --> [*]\n").toString();
  }

  private static GroupType type(Transition row) {
    return row.from().type() == GroupType.CLASSIC && row.to().type() == GroupType.CLASSIC
        ? GroupType.CLASSIC
        : GroupType.CONSUMER;
  }

  private static String name(GroupPhase phase, GroupType type) {
    boolean own = phase.type() == type || phase == GroupPhase.DEAD;
    return own ? phase.kafkaName() : "Classic" + phase.kafkaName();
  }

  /** Prints both diagrams, for the documentation. */
  public static void main(String[] args) {
    System.out.println(ofClassic());
    System.out.println(ofConsumer());
  }
}
