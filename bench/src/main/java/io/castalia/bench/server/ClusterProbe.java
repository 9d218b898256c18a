package io.castalia.bench.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.awaitility.Awaitility;

/** Asks a server, as a client does, whether it serves. */
final class ClusterProbe {

  private static final int ATTEMPT_MS = 2_000;

  private ClusterProbe() {}

  static void awaitServing(String bootstrap, ServerProcess process, Duration timeout) {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ATTEMPT_MS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            ATTEMPT_MS);
    try (Admin admin = Admin.create(settings)) {
      Awaitility.await("server at " + bootstrap + " to serve clients")
          .atMost(timeout)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> isServing(admin, process));
    }
  }

  private static boolean isServing(Admin admin, ServerProcess process) throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the server ended and printed:\n" + process.printed());
    }
    try {
      return !admin.describeCluster().nodes().get(ATTEMPT_MS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      // Not yet: the caller says for how long that is all right.
      return false;
    }
  }
}
