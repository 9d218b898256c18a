package io.castalia.bench.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates topics, as any client does. */
public final class Topics {

  private static final int TIMEOUT_SECONDS = 60;

  private Topics() {}

  /** Creates a topic with the broker's defaults and waits until that is confirmed. */
  public static void create(String bootstrap, String topic, int partitions) {
    create(bootstrap, topic, partitions, Map.of());
  }

  /** Creates a topic with configurations of its own and waits until that is confirmed. */
  public static void create(
      String bootstrap, String topic, int partitions, Map<String, String> configurations) {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(configurations);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      admin.createTopics(List.of(wanted)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("expected to create topic \"" + topic + "\"", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating \"" + topic + "\"", e);
    }
  }
}
