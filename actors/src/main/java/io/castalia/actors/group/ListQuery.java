package io.castalia.actors.group;

import java.util.Set;

/**
 * Which groups to list.
 *
 * @param states Kafka's names of states, in any case; none for all
 * @param types Kafka's names of types, in any case; none for all
 */
public record ListQuery(Set<String> states, Set<String> types) {
  public static final ListQuery ALL = new ListQuery(Set.of(), Set.of());

  public ListQuery {
    states = Set.copyOf(states);
    types = Set.copyOf(types);
  }
}
