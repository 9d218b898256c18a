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
   * @param held those of them that lie behind records which are not published, and why
   */
  record Places(Map<String, Place> places, boolean last, Map<String, String> held)
      implements HandOverReply {
    public Places {
      places = Map.copyOf(places);
      // Tasks of the version before have none: they do not answer before all is published.
      held = held == null ? Map.of() : Map.copyOf(held);
    }

    /** Behind which the next part begins, unless this is the last one. */
    String lastPiece() {
      return Collections.max(places.keySet());
    }
  }

  /** It cannot be told now, or to this generation no more. */
  record NotHandedOver(String why) implements HandOverReply {}
}
