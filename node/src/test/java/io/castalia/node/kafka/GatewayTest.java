package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a connection is answered, and in which order. */
class GatewayTest {
  private static final short V9 = 9;

  @RegisterExtension private final GatewayFixture gateway = new GatewayFixture();

  @Test
  void shouldAdvertiseWhatItAnswers() throws Exception {
    gateway.start();
    try (RawClient client = gateway.connect()) {
      ApiVersionsResponse response = client.call(Requests.apiVersions(), ApiVersionsResponse.class);
      ApiVersion produce = response.apiVersion(ApiKeys.PRODUCE.id);
      assertThat(produce.minVersion()).as("librdkafka compresses only then").isZero();
      assertThat(produce.maxVersion()).isEqualTo((short) 13);
      assertThat(response.apiVersion(ApiKeys.FETCH.id).maxVersion()).isEqualTo((short) 17);
      assertThat(response.apiVersion(ApiKeys.FIND_COORDINATOR.id)).isNull();
      assertThat(response.apiVersion(ApiKeys.VOTE.id)).isNull();
    }
  }

  @Test
  void shouldAnswerAnUnknownVersionOfApiVersionsInVersion0() throws Exception {
    gateway.start();
    try (RawClient client = gateway.connect()) {
      client.sendFrame(
          ByteBuffer.allocate(14)
              .putShort(ApiKeys.API_VERSIONS.id)
              .putShort((short) 99)
              .putInt(5)
              .putShort((short) 0)
              .array());
      ByteBuffer answer = ByteBuffer.wrap(client.receiveFrame());
      assertThat(answer.getInt()).as("correlation id").isEqualTo(5);
      assertThat(answer.getShort()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
      assertThat(answer.getInt()).as("APIs").isEqualTo(1);
      assertThat(answer.getShort()).isEqualTo(ApiKeys.API_VERSIONS.id);
      assertThat(answer.getShort()).isZero();
      assertThat(answer.getShort()).isEqualTo((short) 4);
      assertThat(answer.hasRemaining()).isFalse();
      assertThat(client.isServed()).isTrue();
    }
  }

  @Test
  void shouldAnswerPipelinedRequestsInOrder() throws Exception {
    gateway.start("connections.in-flight = 5");
    List<HeldAppend> held = gateway.partitions.holdAppends();
    try (RawClient client = gateway.connect()) {
      List<RequestHeader> sent = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        sent.add(client.send(Requests.produce("t", 0, "v" + i)));
      }
      await().atMost(GatewayFixture.PATIENCE).until(() -> held.size() == 5);
      for (int i = 4; i >= 0; i--) {
        held.get(i).acknowledge(i);
      }
      await().atMost(GatewayFixture.PATIENCE).until(() -> held.size() == 7);
      held.get(6).acknowledge(6);
      held.get(5).acknowledge(5);
      for (int i = 0; i < 7; i++) {
        assertThat(client.receiveProduced(sent.get(i)).baseOffset()).isEqualTo(i);
        assertThat(held.get(i).batches().utf8String()).contains("v" + i);
      }
    }
  }

  @Test
  void shouldSendNothingForAcks0() throws Exception {
    gateway.start();
    try (RawClient client = gateway.connect()) {
      client.send(Requests.produce(V9, Requests.ACKS_NONE, "t", 0, Requests.batch("a")));
      assertThat(client.produce("t", 0, "b").baseOffset())
          .as("the first response on the wire")
          .isEqualTo(1);
    }
  }

  @Test
  void shouldCloseWhenAcks0MeetsAnError() throws Exception {
    gateway.start();
    try (RawClient client = gateway.connect()) {
      client.send(Requests.produce(V9, Requests.ACKS_NONE, "unknown", 0, Requests.batch("a")));
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void shouldAnswerUnknownServerErrorWhenAHandlerFails() throws Exception {
    gateway.start();
    gateway.partitions.onAppend(
        (partition, batches) -> {
          throw new IllegalStateException("told so");
        });
    try (RawClient client = gateway.connect();
        CapturedLog log = new CapturedLog("io.castalia.node.kafka")) {
      assertThat(client.produce("t", 0, "a").error()).isEqualTo(Errors.UNKNOWN_SERVER_ERROR);
      assertThat(log.warnings()).singleElement().asString().contains("PRODUCE", "\"raw\"");
      assertThat(client.isServed()).isTrue();
    }
  }

  @Test
  void shouldTakeAFrameThatComesByteByByte() throws Exception {
    gateway.start();
    ProduceRequest request = Requests.produce("t", 0, "a");
    RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, request.version(), "raw", 5);
    byte[] frame = RawClient.bytes(request.serializeWithHeader(header));
    try (RawClient slow = gateway.connect();
        RawClient other = gateway.connect()) {
      for (byte next : ByteBuffer.allocate(4).putInt(frame.length).array()) {
        slow.sendBytes(new byte[] {next});
      }
      assertThat(other.isServed()).isTrue();
      for (byte next : frame) {
        slow.sendBytes(new byte[] {next});
      }
      assertThat(slow.receiveProduced(header).error()).isEqualTo(Errors.NONE);
    }
  }

  @Test
  void shouldAnswerWhatCameBeforeWhenDrained() throws Exception {
    gateway.start();
    List<HeldAppend> held = gateway.partitions.holdAppends();
    try (RawClient client = gateway.connect()) {
      RequestHeader sent = client.send(Requests.produce("t", 1, "a"));
      await().atMost(GatewayFixture.PATIENCE).until(() -> held.size() == 1);
      assertThat(held.get(0).partition().index()).isEqualTo(1);
      var drained = gateway.binding().drain(GatewayFixture.PATIENCE).toCompletableFuture();
      held.get(0).acknowledge(42);
      assertThat(client.receiveProduced(sent).baseOffset()).isEqualTo(42);
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(drained).succeedsWithin(GatewayFixture.PATIENCE);
    }
  }
}
