package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.partition.PartitionId;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Large requests and answers wait for memory, and for nobody for ever. */
class GatewayMemoryTest {
  /** Partitions whose description, of some 800 KB, no socket's buffers take while nobody reads. */
  private static final int MORE_THAN_SOCKETS_TAKE = 30_000;

  @RegisterExtension private final GatewayFixture gateway = new GatewayFixture();

  @Test
  void shouldNotLetHalfAFrameBlockOthersForEver() throws Exception {
    gateway.start(
        """
        max-request-size = 1 MiB
        max-other-request-size = 64 KiB
        request-memory = 1 MiB
        connections.memory = 1 MiB
        connections.frame-timeout = 2s
        """);
    try (RawClient stuck = gateway.connect();
        RawClient other = gateway.connect()) {
      stuck.sendBytes(ByteBuffer.allocate(1000).putInt(1 << 20).array());
      assertThat(other.produce("t", 0, "a").error()).isEqualTo(Errors.NONE);
      assertThat(stuck.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void shouldHandleNoMoreProducedPartitionsAtATimeThanThereIsMemoryFor() throws Exception {
    int elements = 8;
    gateway.start(
        """
        max-request-size = %1$d
        max-other-request-size = 1 KiB
        request-memory = %1$d
        connections.memory = %1$d
        """
            .formatted(2 * elements * ProduceWeight.ELEMENT + 1024));
    List<HeldAppend> held = gateway.partitions.holdAppends();
    // A topic and a partition each, so half of them fit.
    try (RawClients clients = gateway.connect(elements)) {
      List<RequestHeader> sent = new ArrayList<>();
      for (RawClient client : clients.all()) {
        sent.add(client.send(Requests.produce("t", 0, "a")));
      }
      for (int answered = 0; answered < elements; answered++) {
        int atOnce = Math.min(elements / 2, elements - answered);
        await().atMost(GatewayFixture.PATIENCE).until(() -> held.size() == atOnce);
        held.remove(0).acknowledge(1);
      }
      for (int i = 0; i < elements; i++) {
        assertThat(clients.get(i).receiveProduced(sent.get(i)).error()).isEqualTo(Errors.NONE);
      }
    }
  }

  @Test
  void shouldNotLetAConsumerThatDoesNotReadBlockOthersForEver() throws Exception {
    gateway.start(
        """
        fetch { max-size = 256 KiB, memory = 256 KiB }
        connections { send-buffer = 4 KiB, write-timeout = 300ms }
        """);
    FetchRequest fetch = givenLarge(200_000);
    try (RawClient stuck = connectNarrowly();
        CapturedLog log = new CapturedLog("io.castalia.node.kafka")) {
      stuck.send(fetch);
      await().atMost(GatewayFixture.PATIENCE).until(() -> !log.warnings().isEmpty());
      assertThat(log.warnings()).singleElement().asString().contains("take a response in time");
      assertThat(bytes(answer(fetch, FetchResponse.class))).isGreaterThan(200_000);
    }
  }

  /** By whichever connection reads fast enough: this test's own thread may be held up, too. */
  private <T extends AbstractResponse> T answer(AbstractRequest request, Class<T> type) {
    return await()
        .atMost(GatewayFixture.PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              try (RawClient client = gateway.connect()) {
                return client.call(request, type);
              }
            },
            Objects::nonNull);
  }

  @Test
  void shouldMakeNoMoreLargeAnswersAtATimeThanThereIsMemoryFor() throws Exception {
    gateway.start(
        """
        max-request-size = 64 KiB
        max-other-request-size = 1 KiB
        request-memory = 2 MiB
        connections { send-buffer = 4 KiB, write-timeout = 300ms }
        """);
    gateway.topics.given("wide", MORE_THAN_SOCKETS_TAKE);
    MetadataRequest everything = MetadataRequest.Builder.allTopics().build((short) 9);
    try (RawClient stuck = connectNarrowly();
        CapturedLog log = new CapturedLog("io.castalia.node.kafka")) {
      stuck.send(everything);
      awaitBeginning(stuck, log);
      assertThat(answer(everything, MetadataResponse.class).topicMetadata()).hasSize(2);
      assertThat(log.warnings())
          .as("the other had to wait until the first was given up on")
          .isNotEmpty()
          .allMatch(line -> line.contains("take a response in time"));
    }
  }

  /** Until a client gets an answer, or has been given up on already. */
  private static void awaitBeginning(RawClient client, CapturedLog log) throws IOException {
    try {
      client.beginReceiving();
    } catch (EOFException | SocketException closed) {
      assertThat(log.warnings()).isNotEmpty();
    }
  }

  @Test
  void shouldNotLetLargeAnswersHoldUpSmallOnes() throws Exception {
    gateway.start(
        """
        max-request-size = 64 KiB
        max-other-request-size = 1 KiB
        request-memory = 2 MiB
        connections { send-buffer = 4 KiB, write-timeout = 1h }
        """);
    gateway.topics.given("wide", MORE_THAN_SOCKETS_TAKE);
    try (RawClient stuck = connectNarrowly();
        RawClient other = gateway.connect()) {
      stuck.send(MetadataRequest.Builder.allTopics().build((short) 9));
      stuck.beginReceiving();
      assertThat(other.produce("t", 0, "a").error()).isEqualTo(Errors.NONE);
    }
  }

  @Test
  void shouldSendLargeResponsesWhole() throws Exception {
    gateway.start();
    FetchRequest fetch = givenLarge(1_500_000);
    try (RawClient client = gateway.connect()) {
      RequestHeader first = client.send(fetch);
      RequestHeader second = client.send(fetch);
      client.finishSending();
      assertThat(bytes(client.receive(first, FetchResponse.class))).isGreaterThan(1_500_000);
      assertThat(bytes(client.receive(second, FetchResponse.class))).isGreaterThan(1_500_000);
    }
  }

  /** A client whose socket takes next to nothing unless it reads. */
  private RawClient connectNarrowly() throws IOException {
    return new RawClient(gateway.port(), 4096);
  }

  /**
   * Gives topic "large" a record.
   *
   * @return a request for it
   */
  private FetchRequest givenLarge(int bytes) {
    ByteBuffer batch = Requests.batch("a".repeat(bytes)).buffer();
    PartitionId partition = new PartitionId(gateway.topics.given("large", 1).id(), 0);
    gateway.partitions.log(partition).append(ByteString.fromByteBuffer(batch));
    return Requests.fetch((short) 11, "large", Uuid.ZERO_UUID, 0, 10);
  }

  private static int bytes(FetchResponse response) {
    return response.data().responses().get(0).partitions().get(0).records().sizeInBytes();
  }
}
