package io.castalia.streams.connect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
  static HandOverReply.Places of(LedgerReply reply, String after) {
    Set<String> unpublished = unpublished(reply);
    Map<String, Place> part = new HashMap<>();
    Map<String, String> held = new HashMap<>();
    int chars = 0;
    for (var each : reply.state().places().tailMap(after, false).entrySet()) {
      if (chars > MAX_CHARS) {
        return new HandOverReply.Places(part, false, held);
      }
      part.put(each.getKey(), each.getValue());
      chars += each.getKey().length() + each.getValue().at().length();
      if (unpublished.contains(each.getKey())) {
        held.put(each.getKey(), reply.unpublished());
        chars += each.getKey().length() + reply.unpublished().length();
      }
    }
    return new HandOverReply.Places(part, true, held);
  }

  private static Set<String> unpublished(LedgerReply reply) {
    return reply
        .state()
        .unsettled()
        .filter(batch -> !reply.unpublished().isEmpty())
        .map(batch -> batch.positions().keySet())
        .orElse(Set.of());
  }
}
