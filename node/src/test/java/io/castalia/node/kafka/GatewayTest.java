package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.PartitionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
  /** Partitions whose description, of some 800 KB, no socket's buffers take while nobody reads. */
  private static final int MORE_THAN_SOCKETS_TAKE = 30_000;

  private static final short V9 = 9;
  private static final short ACKS_ALL = -1;
  private static final short ACKS_NONE = 0;

  @SuppressWarnings("NullAway.Init") // every test starts it, with its own settings
  private GatewayFixture gateway;

  private void start(String overrides) throws Exception {
    gateway = new GatewayFixture(overrides);
    gateway.topics.given("t", 2);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void shouldAdvertiseWhatItAnswers() throws Exception {
    start("");
    try (RawClient client = gateway.connect()) {
      ApiVersionsResponse response = client.call(apiVersions(), ApiVersionsResponse.class);
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
    start("");
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
      assertThat(client.call(apiVersions(), ApiVersionsResponse.class).data().errorCode()).isZero();
    }
  }

  @Test
  void shouldAnswerPipelinedRequestsInOrder() throws Exception {
    start("connections.in-flight = 5");
    List<CompletableFuture<AppendResult>> held = new CopyOnWriteArrayList<>();
    List<ByteString> arrived = new CopyOnWriteArrayList<>();
    gateway.partitions.onAppend(
        (partition, batches) -> {
          arrived.add(batches);
          CompletableFuture<AppendResult> answer = new CompletableFuture<>();
          held.add(answer);
          return answer;
        });
    try (RawClient client = gateway.connect()) {
      List<RequestHeader> sent = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        sent.add(client.send(Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("v" + i))));
      }
      await().until(() -> held.size() == 5);
      for (int i = 4; i >= 0; i--) {
        held.get(i).complete(appended(i));
      }
      await().until(() -> held.size() == 7);
      held.get(6).complete(appended(6));
      held.get(5).complete(appended(5));
      for (int i = 0; i < 7; i++) {
        ProduceResponse response = client.receive(sent.get(i), ProduceResponse.class);
        assertThat(baseOffset(response)).isEqualTo(i);
        assertThat(arrived.get(i).utf8String()).contains("v" + i);
      }
    }
  }

  @Test
  void shouldSendNothingForAcks0() throws Exception {
    start("");
    try (RawClient client = gateway.connect()) {
      client.send(Requests.produce(V9, ACKS_NONE, "t", 0, Requests.batch("a")));
      ProduceResponse next =
          client.call(
              Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("b")), ProduceResponse.class);
      assertThat(baseOffset(next)).as("the first response on the wire").isEqualTo(1);
    }
  }

  @Test
  void shouldCloseWhenAcks0MeetsAnError() throws Exception {
    start("");
    try (RawClient client = gateway.connect()) {
      client.send(Requests.produce(V9, ACKS_NONE, "unknown", 0, Requests.batch("a")));
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void shouldAnswerUnknownServerErrorWhenAHandlerFails() throws Exception {
    start("");
    gateway.partitions.onAppend(
        (partition, batches) -> {
          throw new IllegalStateException("told so");
        });
    try (RawClient client = gateway.connect();
        CapturedLog log = new CapturedLog("io.castalia.node.kafka")) {
      ProduceResponse response =
          client.call(
              Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("a")), ProduceResponse.class);
      assertThat(error(response)).isEqualTo(Errors.UNKNOWN_SERVER_ERROR);
      assertThat(log.warnings()).singleElement().asString().contains("PRODUCE", "\"raw\"");
      assertThat(client.call(apiVersions(), ApiVersionsResponse.class).data().errorCode()).isZero();
    }
  }

  @Test
  void shouldNotLetHalfAFrameBlockOthersForEver() throws Exception {
    start(
        """
        max-request-size = 1 MiB
        max-other-request-size = 64 KiB
        request-memory = 1 MiB
        connections.memory = 1 MiB
        connections.frame-timeout = 300ms
        """);
    try (RawClient stuck = gateway.connect();
        RawClient other = gateway.connect()) {
      stuck.sendBytes(ByteBuffer.allocate(1000).putInt(1 << 20).array());
      ProduceResponse response =
          other.call(
              Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("a")), ProduceResponse.class);
      assertThat(error(response)).isEqualTo(Errors.NONE);
      assertThat(stuck.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void shouldHandleNoMoreProducedPartitionsAtATimeThanThereIsMemoryFor() throws Exception {
    int elements = 8;
    start(
        """
        max-request-size = %1$d
        max-other-request-size = 1 KiB
        request-memory = %1$d
        connections.memory = %1$d
        """
            .formatted(2 * elements * ProduceWeight.ELEMENT + 1024));
    Queue<CompletableFuture<AppendResult>> held = new ConcurrentLinkedQueue<>();
    gateway.partitions.onAppend(
        (partition, batches) -> {
          CompletableFuture<AppendResult> answer = new CompletableFuture<>();
          held.add(answer);
          return answer;
        });
    // A topic and a partition each, so half of them fit.
    try (Clients clients = new Clients(elements)) {
      List<RequestHeader> sent = new ArrayList<>();
      for (RawClient client : clients.all) {
        sent.add(client.send(Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("a"))));
      }
      for (int answered = 0; answered < elements; answered++) {
        int atOnce = Math.min(elements / 2, elements - answered);
        await().until(() -> held.size() == atOnce);
        held.remove().complete(appended(1));
      }
      for (int i = 0; i < elements; i++) {
        assertThat(error(clients.all.get(i).receive(sent.get(i), ProduceResponse.class)))
            .isEqualTo(Errors.NONE);
      }
    }
  }

  @Test
  void shouldNotLetAConsumerThatDoesNotReadBlockOthersForEver() throws Exception {
    start(
        """
        fetch { max-size = 256 KiB, memory = 256 KiB }
        connections { send-buffer = 4 KiB, write-timeout = 300ms }
        """);
    appendLarge(200_000);
    FetchRequest fetch = Requests.fetch((short) 11, "large", Uuid.ZERO_UUID, 0, 10);
    try (RawClient stuck = new RawClient(gateway.port(), 4096);
        RawClient other = gateway.connect();
        CapturedLog log = new CapturedLog("io.castalia.node.kafka")) {
      stuck.send(fetch);
      await().until(() -> !log.warnings().isEmpty());
      assertThat(log.warnings()).singleElement().asString().contains("take a response in time");
      assertThat(bytes(other.call(fetch, FetchResponse.class))).isGreaterThan(200_000);
    }
  }

  @Test
  void shouldMakeNoMoreLargeAnswersAtATimeThanThereIsMemoryFor() throws Exception {
    start(
        """
        max-request-size = 64 KiB
        max-other-request-size = 1 KiB
        request-memory = 2 MiB
        connections { send-buffer = 4 KiB, write-timeout = 300ms }
        """);
    gateway.topics.given("wide", MORE_THAN_SOCKETS_TAKE);
    MetadataRequest everything = MetadataRequest.Builder.allTopics().build((short) 9);
    try (RawClient stuck = new RawClient(gateway.port(), 4096);
        RawClient other = gateway.connect();
        CapturedLog log = new CapturedLog("io.castalia.node.kafka")) {
      stuck.send(everything);
      stuck.beginReceiving();
      assertThat(other.call(everything, MetadataResponse.class).topicMetadata()).hasSize(2);
      assertThat(log.warnings())
          .as("the other had to wait until the first was given up on")
          .singleElement()
          .asString()
          .contains("take a response in time");
    }
  }

  @Test
  void shouldNotLetLargeAnswersHoldUpSmallOnes() throws Exception {
    start(
        """
        max-request-size = 64 KiB
        max-other-request-size = 1 KiB
        request-memory = 2 MiB
        connections { send-buffer = 4 KiB, write-timeout = 1h }
        """);
    gateway.topics.given("wide", MORE_THAN_SOCKETS_TAKE);
    try (RawClient stuck = new RawClient(gateway.port(), 4096);
        RawClient other = gateway.connect()) {
      stuck.send(MetadataRequest.Builder.allTopics().build((short) 9));
      stuck.beginReceiving();
      ProduceResponse response =
          other.call(
              Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("a")), ProduceResponse.class);
      assertThat(error(response)).isEqualTo(Errors.NONE);
    }
  }

  @Test
  void shouldSendLargeResponsesWhole() throws Exception {
    start("");
    appendLarge(1_500_000);
    FetchRequest fetch = Requests.fetch((short) 11, "large", Uuid.ZERO_UUID, 0, 10);
    try (RawClient client = gateway.connect()) {
      RequestHeader first = client.send(fetch);
      RequestHeader second = client.send(fetch);
      client.finishSending();
      assertThat(bytes(client.receive(first, FetchResponse.class))).isGreaterThan(1_500_000);
      assertThat(bytes(client.receive(second, FetchResponse.class))).isGreaterThan(1_500_000);
    }
  }

  @Test
  void shouldRefuseConnectionsAboveTheLimit() throws Exception {
    start("connections.max-per-address = 1");
    try (RawClient first = gateway.connect()) {
      assertThat(first.call(apiVersions(), ApiVersionsResponse.class).data().errorCode()).isZero();
      try (RawClient second = gateway.connect()) {
        assertThat(second.isClosedByPeer()).isTrue();
      }
    }
    await()
        .until(
            () -> {
              try (RawClient third = gateway.connect()) {
                return third.call(apiVersions(), ApiVersionsResponse.class).data().errorCode() == 0;
              } catch (IOException refused) {
                return false;
              }
            });
  }

  @Test
  void shouldRefuseConnectionsAboveTheLimitOfAllAddresses() throws Exception {
    start("connections.max = 2");
    try (Clients served = new Clients(2)) {
      for (RawClient client : served.all) {
        assertServed(client);
      }
      // Before the connection: it is refused, and that is logged, at once.
      try (CapturedLog log = new CapturedLog("io.castalia.node.kafka");
          RawClient third = gateway.connect()) {
        assertThat(third.isClosedByPeer()).isTrue();
        await().until(() -> !log.warnings().isEmpty());
        assertThat(log.warnings()).singleElement().asString().contains("2 connections");
      }
      assertServed(served.all.get(0));
    }
  }

  @Test
  void shouldServeOthersBesideManyIdleConnections() throws Exception {
    start("");
    try (Clients idle = new Clients(500);
        RawClient busy = gateway.connect()) {
      for (RawClient client : idle.all) {
        assertServed(client);
      }
      ProduceResponse response =
          busy.call(
              Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("a")), ProduceResponse.class);
      assertThat(error(response)).isEqualTo(Errors.NONE);
      assertServed(idle.all.get(499));
    }
  }

  @Test
  void shouldTakeAFrameThatComesByteByByte() throws Exception {
    start("");
    ProduceRequest request = Requests.produce(V9, ACKS_ALL, "t", 0, Requests.batch("a"));
    RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, V9, "raw", 5);
    byte[] frame = RawClient.bytes(request.serializeWithHeader(header));
    try (RawClient slow = gateway.connect();
        RawClient other = gateway.connect()) {
      for (byte next : ByteBuffer.allocate(4).putInt(frame.length).array()) {
        slow.sendBytes(new byte[] {next});
      }
      assertServed(other);
      for (byte next : frame) {
        slow.sendBytes(new byte[] {next});
      }
      assertThat(error(slow.receive(header, ProduceResponse.class))).isEqualTo(Errors.NONE);
    }
  }

  @Test
  void shouldCloseIdleConnections() throws Exception {
    start("connections.idle-timeout = 200ms");
    try (RawClient client = gateway.connect()) {
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void shouldAnswerWhatCameBeforeWhenDrained() throws Exception {
    start("");
    CompletableFuture<AppendResult> held = new CompletableFuture<>();
    CompletableFuture<PartitionId> asked = new CompletableFuture<>();
    gateway.partitions.onAppend(
        (partition, batches) -> {
          asked.complete(partition);
          return held;
        });
    try (RawClient client = gateway.connect()) {
      RequestHeader sent = client.send(Requests.produce(V9, ACKS_ALL, "t", 1, Requests.batch("a")));
      assertThat(asked.get(10, TimeUnit.SECONDS).index()).isEqualTo(1);
      var drained = gateway.binding().drain(Duration.ofSeconds(10)).toCompletableFuture();
      held.complete(appended(42));
      assertThat(baseOffset(client.receive(sent, ProduceResponse.class))).isEqualTo(42);
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  /** Several connections. */
  private final class Clients implements AutoCloseable {
    private final List<RawClient> all = new ArrayList<>();

    private Clients(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        all.add(gateway.connect());
      }
    }

    @Override
    public void close() throws IOException {
      for (RawClient client : all) {
        client.close();
      }
    }
  }

  private void appendLarge(int size) {
    ByteBuffer batch = Requests.batch("a".repeat(size)).buffer();
    PartitionId partition = new PartitionId(gateway.topics.given("large", 1).id(), 0);
    gateway.partitions.log(partition).append(ByteString.fromByteBuffer(batch));
  }

  private static int bytes(FetchResponse response) {
    return response.data().responses().get(0).partitions().get(0).records().sizeInBytes();
  }

  private static AppendResult appended(long offset) {
    return new AppendResult(Errors.NONE, "", offset, -1, 0, 1, List.of());
  }

  private static long baseOffset(ProduceResponse response) {
    return response.data().responses().iterator().next().partitionResponses().get(0).baseOffset();
  }

  private static Errors error(ProduceResponse response) {
    return Errors.forCode(
        response.data().responses().iterator().next().partitionResponses().get(0).errorCode());
  }

  private static void assertServed(RawClient client) throws IOException {
    assertThat(client.call(apiVersions(), ApiVersionsResponse.class).data().errorCode()).isZero();
  }

  private static ApiVersionsRequest apiVersions() {
    return new ApiVersionsRequest(
        new ApiVersionsRequestData().setClientSoftwareName("raw").setClientSoftwareVersion("1"),
        (short) 3);
  }
}
