package io.castalia.testkit.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.cluster.SimulatedCluster;
import io.castalia.testkit.junit.CastaliaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class OrdersTest {
  @CastaliaCluster(nodes = 3, topics = "orders:3")
  private static SimulatedCluster cluster;

  @Test
  void shouldKeepOrdersWhenANodeCrashes(
      Producer<String, String> producer, Consumer<String, String> consumer) throws Exception {
    producer.send(new ProducerRecord<>("orders", 0, "ada", "first")).get();
    cluster.crash(cluster.awaitLeader("orders", 0));
    producer.send(new ProducerRecord<>("orders", 0, "ada", "second")).get();

    consumer.subscribe(List.of("orders"));
    List<String> read = new ArrayList<>();
    cluster.await(
        "both orders",
        () -> {
          consumer.poll(Duration.ofMillis(50)).forEach(order -> read.add(order.value()));
          return read.size() == 2;
        });
    assertThat(read).containsExactly("first", "second");
  }
}
