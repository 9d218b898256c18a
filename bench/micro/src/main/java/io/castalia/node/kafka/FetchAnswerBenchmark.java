package io.castalia.node.kafka;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.pekko.util.ByteString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A Fetch response from what partitions gave to the bytes for the socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FetchAnswerBenchmark {
  private static final short VERSION = 16;
  private static final Uuid TOPIC = new Uuid(1, 2);
  private static final ByteString ENTRY = ByteString.fromArrayUnsafe(new byte[64 * 1024]);

  /** Partitions in the answer, each with two entries of 64 KiB. */
  @Param({"1", "100"})
  public int partitions;

  @Benchmark
  public Object assembleAndEncode() {
    FetchableTopicResponse topic = new FetchableTopicResponse().setTopicId(TOPIC);
    for (int index = 0; index < partitions; index++) {
      topic
          .partitions()
          .add(
              new PartitionData()
                  .setPartitionIndex(index)
                  .setHighWatermark(1_000)
                  .setLastStableOffset(1_000)
                  .setLogStartOffset(0)
                  .setRecords(new RecordsView(List.of(ENTRY, ENTRY))));
    }
    FetchResponseData data = new FetchResponseData().setResponses(List.of(topic));
    ResponseHeader header = new ResponseHeader(7, ApiKeys.FETCH.responseHeaderVersion(VERSION));
    return ResponseEncoder.encode(header, data, VERSION);
  }
}
