package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is measured of a gateway moves when the thing happens. */
class GatewayMetersTest {
  @RegisterExtension private final GatewayFixture gateway = new GatewayFixture();

  @Test
  void shouldMeasureRequestsByApi() throws Exception {
    gateway.start();
    try (RawClient client = gateway.connect()) {
      client.produce("t", 0, "first");
      double received = of("castalia.kafka.received", "Produce");
      double sent = of("castalia.kafka.sent", "Produce");

      client.produce("t", 0, "first");

      assertThat(requests("Produce")).isEqualTo(2);
      assertThat(of("castalia.kafka.received", "Produce"))
          .as("the same request again")
          .isEqualTo(2 * received);
      assertThat(of("castalia.kafka.sent", "Produce")).isEqualTo(2 * sent).isPositive();
      assertThat(client.isServed()).isTrue();
      assertThat(requests("ApiVersions")).isEqualTo(1);
    }
  }

  @Test
  void shouldCountBytesAsTheyAreOnTheWire() throws Exception {
    gateway.start();
    try (RawClient client = gateway.connect()) {
      ApiVersionsRequest request = Requests.apiVersions();
      RequestHeader header = client.send(request);
      int answer = client.receiveFrame().length;

      assertThat(of("castalia.kafka.received", "ApiVersions"))
          .isEqualTo(Integer.BYTES + request.serializeWithHeader(header).remaining());
      assertThat(of("castalia.kafka.sent", "ApiVersions")).isEqualTo(Integer.BYTES + answer);
    }
  }

  @Test
  void shouldCountErrorsByCode() throws Exception {
    gateway.start();
    try (RawClient client = gateway.connect()) {
      client.produce("t", 0, "a");
      assertThat(gateway.meters.find("castalia.kafka.errors").counters()).isEmpty();

      Errors error = client.produce("nowhere", 0, "a").error();

      assertThat(error).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
      assertThat(
              gateway
                  .meters
                  .get("castalia.kafka.errors")
                  .tags("api", "Produce", "error", "UNKNOWN_TOPIC_OR_PARTITION")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void shouldCountConnections() throws Exception {
    gateway.start("connections.max = 1");
    try (RawClient client = gateway.connect()) {
      assertThat(client.isServed()).isTrue();
      assertThat(gauge("castalia.kafka.connections")).isEqualTo(1);
      assertThat(counter("castalia.kafka.connections.refused")).isZero();

      try (RawClient second = gateway.connect()) {
        assertThat(second.isClosedByPeer()).isTrue();
      }

      assertThat(counter("castalia.kafka.connections.accepted")).isEqualTo(2);
      assertThat(counter("castalia.kafka.connections.refused")).isEqualTo(1);
    }
    await().atMost(GatewayFixture.PATIENCE).until(() -> gauge("castalia.kafka.connections") == 0);
  }

  @Test
  void shouldShowWhoWaitsForMemory() throws Exception {
    gateway.start(
        """
        max-request-size = 1 MiB
        max-other-request-size = 64 KiB
        request-memory = 1 MiB
        connections.memory = 1 MiB
        """);
    try (RawClient first = gateway.connect();
        RawClient second = gateway.connect()) {
      assertThat(memory("limit")).isEqualTo(1 << 20);
      first.sendBytes(ByteBuffer.allocate(1000).putInt(1 << 20).array());
      await().atMost(GatewayFixture.PATIENCE).until(() -> memory("used") == 1 << 20);

      second.sendBytes(ByteBuffer.allocate(1000).putInt(1 << 20).array());

      await().atMost(GatewayFixture.PATIENCE).until(() -> memory("waiting") == 1);
    }
    await().atMost(GatewayFixture.PATIENCE).until(() -> memory("used") == 0);
    assertThat(memory("waiting")).isZero();
  }

  private long requests(String api) {
    return gateway.meters.get("castalia.kafka.request.duration").tag("api", api).timer().count();
  }

  private double of(String name, String api) {
    return gateway.meters.get(name).tag("api", api).counter().count();
  }

  private double counter(String name) {
    return gateway.meters.get(name).counter().count();
  }

  private double gauge(String name) {
    return gateway.meters.get(name).gauge().value();
  }

  private double memory(String what) {
    return gateway
        .meters
        .get("castalia.kafka.memory." + what)
        .tag("memory", "requests")
        .gauge()
        .value();
  }
}
