package io.castalia.bench.cluster;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Admin clients that soon turn to another node when the one they ask has died. */
final class ImpatientAdmin {

  private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

  private ImpatientAdmin() {}

  static Admin of(String bootstrap) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MILLIS));
  }
}
