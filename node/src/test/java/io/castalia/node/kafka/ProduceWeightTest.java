package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import com.typesafe.config.ConfigFactory;
import io.castalia.node.kafka.log.LogHandlers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProduceWeightTest {
  private static final ApiMeters METERS = new ApiMeters(ApiKeys.PRODUCE, new SimpleMeterRegistry());

  private static final String CLIENT = "client";
  private static final short V7 = 7;
  private static final short V9 = 9;

  static List<Short> versions() {
    return ApiKeys.PRODUCE.allVersions();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldWeighTopicsPartitionsAndTexts(short version) {
    ProduceRequestData request =
        request(topic("one", version, 3, Requests.batch("v")), topic("three", version, 2, null))
            .setTransactionalId("txn");
    int names = version < 13 ? "one".length() + "three".length() : 0;

    assertThat(ProduceWeight.of(frame(request, version)))
        .isEqualTo(
            (2 + 3 + 2) * ProduceWeight.ELEMENT + 3L * (CLIENT.length() + "txn".length() + names));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldRefuseFramesThatEndTooSoon(short version) {
    ByteBuffer whole = frame(request(topic("one", version, 2, Requests.batch("v"))), version);

    for (int size = 4; size < whole.limit(); size++) {
      ByteBuffer cut = whole.duplicate().limit(size);
      assertThatThrownBy(() -> ProduceWeight.of(cut)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void shouldRefuseCountsThatCannotBe() {
    ByteBuffer frame = frame(request(), V7);
    frame.putInt(frame.limit() - Integer.BYTES, Integer.MAX_VALUE);

    assertThatThrownBy(() -> ProduceWeight.of(frame)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void shouldWeighTaggedFieldsThatNobodyKnows() {
    TopicProduceData topic = topic("one", V9, 1, null);
    topic.unknownTaggedFields().add(new RawTaggedField(77, new byte[3]));
    topic.partitionData().get(0).unknownTaggedFields().add(new RawTaggedField(78, new byte[0]));
    long without = ProduceWeight.of(frame(request(topic("one", V9, 1, null)), V9));

    assertThat(ProduceWeight.of(frame(request(topic), V9)))
        .isEqualTo(without + 2 * ProduceWeight.ELEMENT);
  }

  /** Retained at once is less than what is allocated in all, which can be measured exactly. */
  @ParameterizedTest
  @MethodSource("versions")
  void shouldWeighNoLessThanAllThatParsingAndAnsweringAllocates(short version) {
    RequestHandler<?> handler = produceHandler();
    ByteBuffer manyPartitions = frame(request(topic("t", version, 5_000, null)), version);
    ByteBuffer manyTopics = frame(request(topics(5_000, version)), version);
    ByteBuffer withRecords =
        frame(request(topic("t", version, 5_000, Requests.batch("v"))), version);

    for (ByteBuffer frame : List.of(manyPartitions, manyTopics, withRecords)) {
      answer(handler, frame.duplicate());
      long allocated = allocatedBy(() -> answer(handler, frame.duplicate()));
      assertThat(allocated).isLessThan(frame.limit() + ProduceWeight.of(frame));
    }
  }

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static RequestHandler<?> produceHandler() {
    FakeTopics topics = new FakeTopics();
    topics.given("t", 1);
    GatewaySettings settings =
        GatewaySettings.from(ConfigFactory.defaultReference().getConfig("castalia.kafka"));
    return LogHandlers.all(
            topics,
            new FakePartitions(),
            partition -> Optional.empty(),
            settings,
            new SimpleMeterRegistry())
        .stream()
        .filter(each -> each.key() == ApiKeys.PRODUCE)
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked") // the handler takes what is parsed under its key
  private static void answer(RequestHandler<?> handler, ByteBuffer frame) {
    RequestHeader header = RequestHeader.parse(frame);
    AbstractRequest request =
        AbstractRequest.parseRequest(
                header.apiKey(), header.apiVersion(), new ByteBufferAccessor(frame))
            .request;
    RequestContext context =
        new RequestContext(
            header,
            "c",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            new CompletableFuture<>());
    Call.Answer answer =
        new Call<>((RequestHandler<AbstractRequest>) handler, context, request, METERS)
            .run()
            .toCompletableFuture()
            .join();
    assertThat(answer.kind()).isEqualTo(Call.Kind.RESPONSE);
  }

  private static TopicProduceData[] topics(int count, short version) {
    return IntStream.range(0, count)
        .mapToObj(index -> topic("t" + index, version, 0, null))
        .toArray(TopicProduceData[]::new);
  }

  private static TopicProduceData topic(
      String name, short version, int partitions, @Nullable MemoryRecords records) {
    List<PartitionProduceData> data = new ArrayList<>();
    for (int index = 0; index < partitions; index++) {
      data.add(new PartitionProduceData().setIndex(index).setRecords(records));
    }
    TopicProduceData topic = new TopicProduceData().setPartitionData(data);
    return version < 13 ? topic.setName(name) : topic.setTopicId(Uuid.randomUuid());
  }

  private static ProduceRequestData request(TopicProduceData... topics) {
    return new ProduceRequestData()
        .setAcks((short) -1)
        .setTopicData(new TopicProduceDataCollection(Arrays.asList(topics).iterator()));
  }

  private static ByteBuffer frame(ProduceRequestData data, short version) {
    return new ProduceRequest(data, version)
        .serializeWithHeader(new RequestHeader(ApiKeys.PRODUCE, version, CLIENT, 7));
  }
}
