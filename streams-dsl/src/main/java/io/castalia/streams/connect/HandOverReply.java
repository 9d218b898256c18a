package io.castalia.streams.connect;

import java.util.Collections;
import java.util.Map;

/** Replies to {@link TaskCommand.HandOver}. */
sealed interface HandOverReply extends ConnectorMessage {

  /**
   * How far the task had read.
   *
   * @param places by pieces
   * @param last whether there are no more behind these
   */
  record Places(Map<String, Place> places, boolean last) implements HandOverReply {
    public Places {
      places = Map.copyOf(places);
    }

    /** Behind which the next part begins, unless this is the last one. */
    String lastPiece() {
      return Collections.max(places.keySet());
    }
  }

  /** It cannot be told now, or to this generation no more. */
  record NotHandedOver(String why) implements HandOverReply {}
}
