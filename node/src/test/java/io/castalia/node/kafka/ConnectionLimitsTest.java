package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many connections there may be, and for how long they may be idle. */
class ConnectionLimitsTest {
  @RegisterExtension private final GatewayFixture gateway = new GatewayFixture();

  @Test
  void shouldRefuseConnectionsAboveTheLimit() throws Exception {
    gateway.start("connections.max-per-address = 1");
    try (RawClient first = gateway.connect()) {
      assertThat(first.isServed()).isTrue();
      try (RawClient second = gateway.connect()) {
        assertThat(second.isClosedByPeer()).isTrue();
      }
    }
    await()
        .atMost(GatewayFixture.PATIENCE)
        .until(
            () -> {
              try (RawClient third = gateway.connect()) {
                return third.isServed();
              } catch (IOException refused) {
                return false;
              }
            });
  }

  @Test
  void shouldRefuseConnectionsAboveTheLimitOfAllAddresses() throws Exception {
    gateway.start("connections.max = 2");
    try (RawClients served = gateway.connect(2)) {
      for (RawClient client : served.all()) {
        assertThat(client.isServed()).isTrue();
      }
      // Before the connection: it is refused, and that is logged, at once.
      try (CapturedLog log = new CapturedLog("io.castalia.node.kafka");
          RawClient third = gateway.connect()) {
        assertThat(third.isClosedByPeer()).isTrue();
        await().atMost(GatewayFixture.PATIENCE).until(() -> !log.warnings().isEmpty());
        assertThat(log.warnings()).singleElement().asString().contains("2 connections");
      }
      assertThat(served.get(0).isServed()).isTrue();
    }
  }

  @Test
  void shouldServeOthersBesideManyIdleConnections() throws Exception {
    gateway.start();
    try (RawClients idle = gateway.connect(500);
        RawClient busy = gateway.connect()) {
      for (RawClient client : idle.all()) {
        assertThat(client.isServed()).isTrue();
      }
      assertThat(busy.produce("t", 0, "a").error()).isEqualTo(Errors.NONE);
      assertThat(idle.get(499).isServed()).isTrue();
    }
  }

  @Test
  void shouldCloseIdleConnections() throws Exception {
    gateway.start("connections.idle-timeout = 200ms");
    try (RawClient client = gateway.connect()) {
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }
}
