package io.castalia.streams.connect;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How far tasks have read.
 *
 * @param places of pieces, the newest of each
 * @param held why what was read of a piece up to its place is not published
 */
record ReadSoFar(Map<String, Place> places, Map<String, String> held) {
  static final ReadSoFar NOTHING = new ReadSoFar(Map.of(), Map.of());

  ReadSoFar {
    places = Map.copyOf(places);
    held = Map.copyOf(held);
  }

  static ReadSoFar of(HandOverReply.Places told) {
    return new ReadSoFar(told.places(), told.held());
  }

  /**
   * What both have read. A piece that was read on in a later generation is not held: it was
   * published before that, and who holds it does not know.
   */
  ReadSoFar and(ReadSoFar other) {
    Map<String, Place> newest = Place.newest(places, other.places);
    Map<String, String> all = new HashMap<>();
    addHeld(all, newest);
    other.addHeld(all, newest);
    return new ReadSoFar(newest, all);
  }

  private void addHeld(Map<String, String> all, Map<String, Place> newest) {
    held.forEach(
        (piece, why) -> {
          if (Objects.equals(places.get(piece), newest.get(piece))) {
            all.put(piece, why);
          }
        });
  }

  Positions positions() {
    Map<String, String> positions = new HashMap<>();
    places.forEach((piece, place) -> positions.put(piece, place.at()));
    return new Positions(positions, held);
  }
}
