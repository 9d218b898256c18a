package io.castalia.api;

import io.castalia.api.internal.RecordBatches;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** Replies to {@link BrokerCommand}s. */
public sealed interface BrokerReply {

  /**
   * Why a command was not carried out. {@code error.exception()} tells whether it is retriable.
   *
   * @param error Kafka's code
   * @param message what was expected and what came
   */
  record Refused(Errors error, String message) implements BrokerReply {}

  /**
   * The records are durable.
   *
   * @param baseOffset offset of the first record; the others follow without gaps
   */
  record Produced(long baseOffset) implements BrokerReply {}

  /**
   * Records in order; empty when none came in time.
   *
   * @param nextOffset from where to fetch next
   * @param highWatermark offset after the last record that can be read
   * @param logStartOffset first available offset
   */
  record Fetched(
      List<InboundRecord> records, long nextOffset, long highWatermark, long logStartOffset)
      implements BrokerReply {
    public Fetched {
      records = List.copyOf(records);
    }
  }

  /**
   * Batches of records in order; none when none came in time.
   *
   * @param batches each element has one or more record batches in Kafka's format v2, whole,
   *     compressed as their producer did, control batches included
   * @param highWatermark offset after the last record that can be read
   * @param logStartOffset first available offset
   */
  record FetchedBatches(List<ByteString> batches, long highWatermark, long logStartOffset)
      implements BrokerReply {
    public FetchedBatches {
      batches = List.copyOf(batches);
    }

    /** Above this no further record is decoded, however small it was compressed. */
    static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    /** Their records from an offset on, the control records excepted. */
    public Fetched decode(long offset) {
      RecordBatches.Decoded decoded = RecordBatches.decode(batches, offset, MAX_RECORD_BYTES);
      return new Fetched(decoded.records(), decoded.nextOffset(), highWatermark, logStartOffset);
    }
  }

  /**
   * An offset.
   *
   * @param offset the offset, or -1 if no record has a timestamp as late as the one asked for
   * @param timestamp the record's timestamp in milliseconds since the epoch, or -1
   */
  record OffsetFound(long offset, long timestamp) implements BrokerReply {}

  /**
   * Records are gone.
   *
   * @param logStartOffset first available offset now
   */
  record RecordsDeleted(long logStartOffset) implements BrokerReply {}

  /**
   * A topic.
   *
   * @param configs overrides only, by Kafka's names
   */
  record TopicDescribed(String topic, Uuid id, int partitions, Map<String, String> configs)
      implements BrokerReply {
    public TopicDescribed {
      configs = Map.copyOf(configs);
    }
  }

  /** All topics' names in order. */
  record TopicsListed(List<String> topics) implements BrokerReply {
    public TopicsListed {
      topics = List.copyOf(topics);
    }
  }

  record ProducerIdAllocated(long producerId) implements BrokerReply {}

  /**
   * A member of a group has been heard.
   *
   * @param epoch to be named from now on
   * @param interval how soon to speak again
   * @param assigned all that the member may read; nothing if that is as before
   * @param complete false if the assignment has topics that this node does not know yet, which are
   *     left out; who says all about itself again will be told again
   */
  record HeartbeatAnswered(
      int epoch, Duration interval, Optional<Set<TopicIdPartition>> assigned, boolean complete)
      implements BrokerReply {
    public HeartbeatAnswered {
      assigned = assigned.map(Set::copyOf);
    }
  }

  /** One code for each partition of the commit. */
  record OffsetsCommitted(Map<TopicPartition, Errors> partitions) implements BrokerReply {
    public OffsetsCommitted {
      partitions = Map.copyOf(partitions);
    }
  }

  /** What is committed; nothing for a partition of which nothing is. */
  record OffsetsFetched(Map<TopicPartition, OffsetAndMetadata> offsets) implements BrokerReply {
    public OffsetsFetched {
      offsets = Map.copyOf(offsets);
    }
  }
}
