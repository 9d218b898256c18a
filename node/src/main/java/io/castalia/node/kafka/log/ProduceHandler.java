package io.castalia.node.kafka.log;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.pekko.util.ByteString;

/**
 * Appends record batches. Whatever acks says, an answer means durable; with 0 there is none.
 * Nothing is done per record here.
 */
final class ProduceHandler implements RequestHandler<ProduceRequest> {
  private static final short FIRST_WITH_TOPIC_IDS = 13;

  private final PartitionLookup lookup;
  private final Partitions partitions;
  private final PartitionLeaders leaders;

  ProduceHandler(PartitionLookup lookup, Partitions partitions, PartitionLeaders leaders) {
    this.lookup = lookup;
    this.partitions = partitions;
    this.leaders = leaders;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.PRODUCE;
  }

  @Override
  public short minVersion() {
    return 3;
  }

  @Override
  public short maxVersion() {
    return 13;
  }

  /** librdkafka takes a minimum above 0 for a broker that knows no compression. */
  @Override
  public short advertisedMinVersion() {
    return ApiKeys.PRODUCE_API_VERSIONS_RESPONSE_MIN_VERSION;
  }

  @Override
  public boolean expectsResponse(ProduceRequest request) {
    return request.acks() != 0;
  }

  @Override
  public CompletionStage<ProduceResponse> handle(RequestContext context, ProduceRequest request) {
    ProduceReply reply = new ProduceReply(leaders, context.version());
    List<CompletionStage<Void>> appends = new ArrayList<>();
    for (TopicProduceData topic : request.data().topicData()) {
      for (PartitionProduceData partition : topic.partitionData()) {
        PartitionLookup.Found found = find(context.version(), topic, partition.index());
        ProduceReply.Slot slot = reply.slot(topic, partition.index(), found.partition());
        appends.add(append(request, found, partition).thenAccept(slot::set));
      }
    }
    return Answers.gather(appends).thenApply(done -> reply.response());
  }

  private PartitionLookup.Found find(short version, TopicProduceData topic, int index) {
    return version >= FIRST_WITH_TOPIC_IDS
        ? lookup.byId(topic.topicId(), index)
        : lookup.byName(topic.name(), index);
  }

  private CompletionStage<AppendResult> append(
      ProduceRequest request, PartitionLookup.Found found, PartitionProduceData data) {
    AppendResult refusal = refusalOf(request, found, data);
    if (refusal.error() != Errors.NONE) {
      return CompletableFuture.completedFuture(refusal);
    }
    PartitionId partition = found.partition().orElseThrow();
    return partitions.append(partition, view((MemoryRecords) data.records()));
  }

  /** What can be refused without the partition; no error if nothing. */
  private static AppendResult refusalOf(
      ProduceRequest request, PartitionLookup.Found found, PartitionProduceData data) {
    if (request.acks() < -1 || request.acks() > 1) {
      return AppendResult.refused(
          Errors.INVALID_REQUIRED_ACKS,
          "expected acks -1, 0 or 1, but they were " + request.acks());
    }
    if (request.transactionalId() != null) {
      return AppendResult.refused(
          Errors.INVALID_TXN_STATE, "expected no transaction, since none can have been begun");
    }
    if (found.error() != Errors.NONE) {
      return AppendResult.refused(found.error(), "");
    }
    if (data.records() == null) {
      return AppendResult.refused(Errors.INVALID_RECORD, "expected a record batch, but got none");
    }
    try {
      ProduceRequest.validateRecords(request.version(), data.records());
      return AppendResult.refused(Errors.NONE, "");
    } catch (ApiException e) {
      return AppendResult.refused(Errors.forException(e), String.valueOf(e.getMessage()));
    }
  }

  /** The records where the frame holds them. */
  private static ByteString view(MemoryRecords records) {
    ByteBuffer bytes = records.buffer();
    return ByteString.fromArrayUnsafe(
        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }
}
