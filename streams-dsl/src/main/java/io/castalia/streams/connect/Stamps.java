package io.castalia.streams.connect;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which generation of the connector may write to a ledger, and which has written each place in it.
 *
 * @param generation of runs before it nothing is taken any more
 * @param written by pieces; 0 for those that are not named
 */
record Stamps(long generation, Map<String, Long> written) {
  static final Stamps NONE = new Stamps(0, Map.of());

  Stamps {
    written = Map.copyOf(written);
  }

  Stamps entered(long next) {
    return new Stamps(next, written);
  }

  Stamps writing(Collection<String> pieces) {
    Map<String, Long> behind = new HashMap<>(written);
    pieces.forEach(piece -> behind.put(piece, generation));
    return new Stamps(generation, behind);
  }

  long of(String piece) {
    return written.getOrDefault(piece, 0L);
  }
}
