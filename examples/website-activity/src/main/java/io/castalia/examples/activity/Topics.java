package io.castalia.examples.activity;

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
  private static final int PARTITIONS = 6;
  private static final int PATIENCE_MILLIS = 60_000;

  private Topics() {}

  static Admin admin(String bootstrap) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS));
  }

  /** The requests' topic, with a topic for the results of each question. */
  static Workload ensure(String bootstrap, String topic)
      throws InterruptedException, ExecutionException {
    try (Admin admin = admin(bootstrap)) {
      ensure(admin, topic, PARTITIONS);
      int partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
              .mapToInt(described -> described.partitions().size())
              .sum();
      for (Question question : Question.values()) {
        ensure(admin, question.resultsTopic(topic), partitions);
      }
      return new Workload(bootstrap, topic, partitions);
    }
  }

  private static void ensure(Admin admin, String topic, int partitions)
      throws InterruptedException, ExecutionException {
    try {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
