package io.castalia.node;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A Kafka consumer on its own thread, which commits what it has processed after each poll. */
final class KafkaWorker implements AutoCloseable {
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile int assigned;

  KafkaWorker(KafkaConsumer<String, String> consumer, String topic, Queue<String> processed) {
    new Thread(() -> run(consumer, topic, processed), "kafka-worker").start();
  }

  private void run(KafkaConsumer<String, String> consumer, String topic, Queue<String> processed) {
    try (consumer) {
      consumer.subscribe(List.of(topic));
      while (!closing) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(50))) {
          processed.add(record.value());
        }
        assigned = consumer.assignment().size();
        consumer.commitSync();
      }
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
    }
    ended.complete(null);
  }

  int assigned() {
    return assigned;
  }

  @Override
  public void close() {
    closing = true;
    ended.orTimeout(60, TimeUnit.SECONDS).join();
  }
}
