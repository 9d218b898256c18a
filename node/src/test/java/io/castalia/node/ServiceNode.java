package io.castalia.node;

import io.castalia.api.CastaliaClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A node over a store in memory, and a service in it. */
abstract class ServiceNode {
  static final int SECONDS = 90;

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  static TestNode node;

  @SuppressWarnings("NullAway.Init")
  static CastaliaClient client;

  @BeforeAll
  static void start() {
    node = TestNode.startInMemory(directory);
    client = CastaliaClient.create(node.system(), Duration.ofSeconds(SECONDS));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** It keeps records whatever their time. */
  static TopicPartition createTopic(String name) {
    await(client.createTopic(name, 1, Map.of("retention.ms", "-1")));
    return new TopicPartition(name, 0);
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }
}
