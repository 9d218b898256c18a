package io.castalia.bench.compare;

import io.castalia.bench.server.Side;
import java.util.Set;

/**
 * One load and who is compared at it.
 *
 * @param name for command lines and topics
 * @param title for people
 * @param figure by which sides are compared
 * @param recordBytes the size of a record, on average
 * @param sides that are worth comparing at it
 */
record Scenario(
    String name, String title, Figure figure, int recordBytes, Set<Side> sides, Work work) {

  Scenario {
    sides = Set.copyOf(sides);
  }
}
