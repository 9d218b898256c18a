package io.castalia.examples.accounts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are not there yet. */
final class Topics {
  private static final int PATIENCE_MILLIS = 60_000;

  private Topics() {}

  /** Where snapshots of the accounts of a topic go. */
  static String snapshots(String topic) {
    return topic + "-snapshots";
  }

  /** The events' topic, of one partition, and that of its snapshots. */
  static void ensure(String bootstrap, String topic)
      throws InterruptedException, ExecutionException {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS))) {
      for (String each : List.of(topic, snapshots(topic))) {
        ensure(admin, each);
      }
    }
  }

  private static void ensure(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    try {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, Optional.of(1), Optional.empty())
                      .configs(Map.of("retention.ms", "-1"))))
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
