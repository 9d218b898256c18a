package io.castalia.actors.group.assignor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All assignors. */
public final class Assignors {
  private static final List<PartitionAssignor> ALL =
      List.of(new UniformAssignor(), new RangeAssignor());

  private Assignors() {}

  public static Optional<PartitionAssignor> named(String name) {
    return ALL.stream().filter(assignor -> assignor.name().equals(name)).findFirst();
  }

  public static Stream<String> names() {
    return ALL.stream().map(PartitionAssignor::name);
  }
}
