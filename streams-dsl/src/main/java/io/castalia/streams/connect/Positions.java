package io.castalia.streams.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How far a connector has read.
 *
 * @param at where to go on, by pieces
 * @param held why nobody can go on with a piece: what was read of it is not published
 */
record Positions(Map<String, String> at, Map<String, String> held) {
  /** Pieces that a message names. */
  private static final int NAMED = 3;

  Positions {
    at = Map.copyOf(at);
    held = Map.copyOf(held);
  }

  /** Why a task that reads these pieces must wait, if it must. */
  Optional<String> waiting(Predicate<String> reads) {
    List<Map.Entry<String, String>> own =
        new TreeMap<>(held).entrySet().stream().filter(each -> reads.test(each.getKey())).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    String names =
        own.stream()
            .limit(NAMED)
            .map(each -> "\"" + each.getKey() + "\"")
            .collect(Collectors.joining(", "));
    return Optional.of(
        "expected what another task had read of %s%s to be published before this one goes on, but it is not: %s"
            .formatted(
                names,
                own.size() > NAMED ? " and %d more".formatted(own.size() - NAMED) : "",
                own.get(0).getValue()));
  }
}
