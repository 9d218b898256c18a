package io.castalia.streams.connect;

import java.util.HashMap;
import java.util.Map;

/**
 * How far a piece was read.
 *
 * @param at as {@link SourceRecord.Position#at}
 * @param generation of the connector in which it was read so far; each piece is one task's then
 */
record Place(String at, long generation) {

  /**
   * The places of all pieces of two tasks: of a piece that both have read, that of the later
   * generation; the first task's, if they are of the same one.
   */
  static Map<String, Place> newest(Map<String, Place> one, Map<String, Place> other) {
    Map<String, Place> newest = new HashMap<>(one);
    other.forEach(
        (piece, place) ->
            newest.merge(piece, place, (a, b) -> b.generation() > a.generation() ? b : a));
    return newest;
  }
}
