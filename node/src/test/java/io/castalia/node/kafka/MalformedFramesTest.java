package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that cannot be: their connection closes with one line, and nobody else notices. */
class MalformedFramesTest {
  @RegisterExtension private final GatewayFixture gateway = new GatewayFixture();
  private final CapturedLog log = new CapturedLog("io.castalia.node.kafka");

  @BeforeEach
  void start() throws Exception {
    gateway.start();
  }

  @AfterEach
  void stop() {
    log.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7, Integer.MIN_VALUE, Integer.MAX_VALUE, 16 * 1024 * 1024 + 1})
  void shouldCloseOnALengthThatCannotBe(int length) throws Exception {
    try (RawClient bystander = gateway.connect();
        RawClient client = gateway.connect()) {
      client.sendBytes(ByteBuffer.allocate(4).putInt(length).array());
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(log.warnings()).singleElement().asString().contains("127.0.0.1", "" + length);
      assertThat(bystander.isServed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x16030102, TLS",
    "0x47455420, HTTP",
    "0x504f5354, HTTP",
    "0x01c9c389, castalia.kafka.max-request-size",
  })
  void shouldSayWhatALengthThatCannotBeLooksLike(String length, String looksLike) throws Exception {
    try (RawClient client = gateway.connect()) {
      client.sendBytes(ByteBuffer.allocate(4).putInt(Integer.decode(length)).array());
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(log.warnings()).singleElement().asString().contains(looksLike);
    }
  }

  @Test
  void shouldCloseOnALargeRequestThatCarriesNoRecords() throws Exception {
    int size = (2 << 20) + 1;
    try (RawClient bystander = gateway.connect();
        RawClient client = gateway.connect()) {
      client.sendBytes(ByteBuffer.allocate(6).putInt(size).putShort(ApiKeys.FETCH.id).array());
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("" + size, "castalia.kafka.max-other-request-size");
      assertThat(bystander.isServed()).isTrue();
    }
  }

  @Test
  void shouldCloseOnAProduceRequestOfMillionsOfTinyPartitions() throws Exception {
    byte[] head = frame(Requests.produce((short) 8, (short) -1, "t", 0, Requests.batch("a")));
    int partitions = 2_000_000;
    int fixed = head.length - Requests.batch("a").sizeInBytes() - 2 * Integer.BYTES;
    byte[] frame = Arrays.copyOf(head, fixed + partitions * 2 * Integer.BYTES);
    ByteBuffer bytes = ByteBuffer.wrap(frame).putInt(fixed - Integer.BYTES, partitions);
    for (bytes.position(fixed); bytes.hasRemaining(); ) {
      bytes.putInt(0).putInt(-1);
    }
    gateway.partitions.onAppend(
        (partition, batches) -> {
          throw new AssertionError("nothing was to be appended");
        });
    try (RawClient bystander = gateway.connect();
        RawClient client = gateway.connect()) {
      client.sendFrame(frame);
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("127.0.0.1", "topics and partitions that take at most");
      assertThat(bystander.isServed()).isTrue();
    }
  }

  @Test
  void shouldCloseOnAProduceRequestWithCountsThatCannotBe() throws Exception {
    byte[] frame = frame(Requests.produce((short) 8, (short) -1, "t", 0, Requests.batch("a")));
    int atCount = frame.length - Requests.batch("a").sizeInBytes() - 3 * Integer.BYTES;
    ByteBuffer.wrap(frame).putInt(atCount, Integer.MAX_VALUE);
    try (RawClient client = gateway.connect()) {
      client.sendFrame(frame);
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(log.warnings()).singleElement().asString().contains("malformed PRODUCE");
    }
  }

  @Test
  void shouldAnswerWhatCameBeforeTheMalformedFrame() throws Exception {
    try (RawClient client = gateway.connect()) {
      RequestHeader first = client.send(Requests.apiVersions());
      client.sendBytes(ByteBuffer.allocate(4).putInt(-5).array());
      ApiVersionsResponse response = client.receive(first, ApiVersionsResponse.class);
      assertThat(response.data().errorCode()).isZero();
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void shouldSayOnceThatAFrameWasCutShort() throws Exception {
    try (RawClient client = gateway.connect()) {
      client.sendBytes(ByteBuffer.allocate(20).putInt(100).array());
      client.finishSending();
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(log.warnings()).singleElement().asString().contains("within a frame");
    }
  }

  @ParameterizedTest
  @ValueSource(shorts = {-1, 4, 52, 9999})
  void shouldCloseOnAnUnknownKey(short key) throws Exception {
    try (RawClient client = gateway.connect()) {
      client.sendFrame(ByteBuffer.allocate(32).putShort(key).array());
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(log.warnings()).singleElement().asString().contains("API key " + key);
    }
  }

  @Test
  void shouldCloseAtOnceOnAVersionOutOfRange() throws Exception {
    for (short version : new short[] {0, 2, 14}) {
      try (RawClient client = gateway.connect()) {
        client.sendFrame(
            ByteBuffer.allocate(32).putShort(ApiKeys.PRODUCE.id).putShort(version).array());
        assertThat(client.isClosedByPeer()).isTrue();
      }
    }
    assertThat(log.warnings()).hasSize(3).allMatch(line -> line.contains("API key 0 in version"));
  }

  @Test
  void shouldNotAllocateForDeclaredCounts() throws Exception {
    byte[] frame =
        frame(
            ListOffsetsRequest.Builder.forConsumer(false, IsolationLevel.READ_UNCOMMITTED)
                .setTargetTimes(List.of())
                .build((short) 1));
    ByteBuffer.wrap(frame).putInt(frame.length - 4, Integer.MAX_VALUE);
    for (int i = 0; i < 50; i++) {
      try (RawClient client = gateway.connect()) {
        client.sendFrame(frame);
        assertThat(client.isClosedByPeer()).isTrue();
      }
    }
    assertThat(log.warnings())
        .hasSize(50)
        .allMatch(line -> line.contains("malformed LIST_OFFSETS"));
  }

  @Test
  void shouldSurviveRandomlyChangedFrames() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> frames = samples();
    try (RawClient bystander = gateway.connect()) {
      for (int round = 0; round < 400; round++) {
        byte[] frame = frames.get(random.nextInt(frames.size())).clone();
        for (int change = random.nextInt(6); change >= 0; change--) {
          frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
        }
        try (RawClient client = gateway.connect()) {
          client.sendFrame(frame);
        }
        if (round % 50 == 0) {
          assertThat(bystander.isServed()).isTrue();
        }
      }
      assertThat(bystander.isServed()).isTrue();
    } catch (Throwable failure) {
      throw new AssertionError("seed " + seed, failure);
    }
  }

  private static List<byte[]> samples() {
    List<byte[]> frames = new ArrayList<>();
    frames.add(frame(Requests.apiVersions()));
    frames.add(frame(Requests.produce((short) 9, (short) -1, "t", 0, Requests.batch("a", "b"))));
    frames.add(frame(Requests.produce((short) 3, (short) 1, "t", 0, Requests.batch("a", "b"))));
    frames.add(frame(Requests.fetch((short) 11, "t", Uuid.ZERO_UUID, 0, 10)));
    frames.add(frame(Requests.fetch((short) 17, "", Uuid.randomUuid(), 0, 10)));
    return frames;
  }

  private static byte[] frame(AbstractRequest request) {
    RequestHeader header = new RequestHeader(request.apiKey(), request.version(), "raw", 7);
    return RawClient.bytes(request.serializeWithHeader(header));
  }
}
