package io.castalia.node.cli;

import io.castalia.node.kafka.admin.AdminHandlers;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How much is asked of each node.
 *
 * @param byNode those that have told
 */
record NodeLoads(Map<Integer, Long> byNode) {

  /** Asks each node. One that does not answer, or is none of Castalia's, has told nothing. */
  static NodeLoads of(Admin admin, Collection<Node> nodes) throws InterruptedException {
    List<ConfigResource> resources =
        nodes.stream()
            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
            .toList();
    Map<Integer, Long> byNode = new HashMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> told :
        admin.describeConfigs(resources).values().entrySet()) {
      try {
        ConfigEntry load = told.getValue().get().get(AdminHandlers.LOAD);
        if (load != null) {
          byNode.put(Integer.valueOf(told.getKey().name()), Long.valueOf(load.value()));
        }
      } catch (ExecutionException e) {
        // It may be leaving: the others are shown all the same.
      }
    }
    return new NodeLoads(byNode);
  }

  /** A node's part of all, for people; a dash if it is not known, or there is nothing to share. */
  String share(int node) {
    long all = byNode.values().stream().mapToLong(Long::longValue).sum();
    Long own = byNode.get(node);
    return own == null || all == 0 ? "-" : Math.round(100.0 * own / all) + "%";
  }
}
