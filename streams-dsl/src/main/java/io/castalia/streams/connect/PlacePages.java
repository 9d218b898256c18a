package io.castalia.streams.connect;

import java.util.HashMap;
import java.util.Map;

/** A ledger's places in parts that are small enough for one message between nodes. */
final class PlacePages {
  /** Well below what remoting takes, which is 256 KiB. */
  static final int MAX_CHARS = 32 * 1024;

  private PlacePages() {}

  /**
   * The places behind a piece, in the order of the pieces.
   *
   * @param after empty for the first part
   */
  static HandOverReply.Places of(LedgerState state, String after) {
    Map<String, Place> part = new HashMap<>();
    int chars = 0;
    for (var each : state.places().tailMap(after, false).entrySet()) {
      if (chars > MAX_CHARS) {
        return new HandOverReply.Places(part, false);
      }
      part.put(each.getKey(), each.getValue());
      chars += each.getKey().length() + each.getValue().at().length();
    }
    return new HandOverReply.Places(part, true);
  }
}
