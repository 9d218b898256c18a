package io.castalia.actors.group;

/** Draws the phases of a group from the table of transitions. */
final class TransitionDiagram {
  private TransitionDiagram() {}

  /** A state diagram in Mermaid's language. */
  static String mermaid() {
    StringBuilder diagram = new StringBuilder("stateDiagram-v2\n    [*] --> Empty\n");
    for (Transition row : Transition.values()) {
      diagram
          .append("    ")
          .append(row.from().kafkaName())
          .append(" --> ")
          .append(row.to().kafkaName())
          .append(": ")
          .append(row.cause().text())
          .append('\n');
    }
    return diagram.append("    Dead --> [*]\n").toString();
  }
}
