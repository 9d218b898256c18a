package io.castalia.actors.group;

import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/**
 * The groups of the cluster.
 *
 * @param error if it is not {@link Errors#NONE}, some groups are missing
 * @param groups in the order of their ids
 */
public record ListReply(Errors error, List<GroupListing> groups) {
  public ListReply {
    groups = List.copyOf(groups);
  }

  /**
   * A group in a list.
   *
   * @param state Kafka's name of it, for example {@code "Stable"}
   * @param type Kafka's name of it, for example {@code "classic"}
   */
  public record GroupListing(String groupId, String protocolType, String state, String type) {}
}
