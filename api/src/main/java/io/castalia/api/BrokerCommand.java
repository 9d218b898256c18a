package io.castalia.api;

import io.castalia.api.group.MemberHeartbeat;
import io.castalia.api.group.OffsetCommit;
import io.castalia.api.group.OffsetQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.util.ByteString;

/**
 * What a Java service asks of Castalia by actor message. Every node runs a broker actor, found with
 * the receptionist under {@link #SERVICE_KEY}; any of them answers for every topic. {@link
 * CastaliaClient} wraps these messages.
 *
 * <p>Each message gets exactly one reply: its own, or {@link BrokerReply.Refused} with Kafka's
 * error code.
 */
public sealed interface BrokerCommand {

  /** Under this key the receptionist lists the broker actor of each node. */
  ServiceKey<BrokerCommand> SERVICE_KEY = ServiceKey.create(BrokerCommand.class, "castalia-broker");

  /** Where the one reply goes. */
  ActorRef<BrokerReply> replyTo();

  /**
   * Publishes records to one partition, all or none. Two messages for one partition from one sender
   * are appended in the order in which they were sent.
   *
   * @param records at least one; together no larger than the topic's {@code max.message.bytes}
   * @param identity makes a repetition harmless, if present
   * @param replyTo gets {@link BrokerReply.Produced} when the records are durable
   */
  record Produce(
      TopicPartition partition,
      List<OutboundRecord> records,
      Optional<ProducerIdentity> identity,
      ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {
    public Produce {
      records = List.copyOf(records);
      if (records.isEmpty()) {
        throw new IllegalArgumentException("expected at least one record, but there was none");
      }
    }
  }

  /**
   * Publishes a batch of records to one partition, otherwise as {@link Produce}; what {@link
   * CastaliaClient} makes of records.
   *
   * @param batch one record batch in Kafka's format v2, no larger than the topic's {@code
   *     max.message.bytes}
   * @param replyTo gets {@link BrokerReply.Produced} when the records are durable
   */
  record ProduceBatch(TopicPartition partition, ByteString batch, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {}

  /**
   * Reads records of one partition in order.
   *
   * @param offset the first offset wanted
   * @param maxBytes soft limit of record bytes; at least one batch is returned if there is one
   * @param maxWait how long to wait for a record when there is none yet
   * @param replyTo gets {@link BrokerReply.Fetched}
   */
  record Fetch(
      TopicPartition partition,
      long offset,
      int maxBytes,
      Duration maxWait,
      ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {}

  /**
   * Reads the batches of one partition in order, as they are stored; otherwise as {@link Fetch}.
   *
   * @param offset the first offset wanted; the first batch may begin before it
   * @param maxBytes soft limit of their bytes; at least one batch is returned if there is one
   * @param maxWait how long to wait for a record when there is none yet
   * @param replyTo gets {@link BrokerReply.FetchedBatches}
   */
  record FetchBatches(
      TopicPartition partition,
      long offset,
      int maxBytes,
      Duration maxWait,
      ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {}

  /**
   * Finds an offset.
   *
   * @param timestamp milliseconds since the epoch (the first record at or after it), {@link
   *     #LATEST} or {@link #EARLIEST}
   * @param replyTo gets {@link BrokerReply.OffsetFound}
   */
  record FindOffset(TopicPartition partition, long timestamp, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {
    public static final long LATEST = -1;
    public static final long EARLIEST = -2;
  }

  /**
   * Deletes the records of a partition that come before an offset.
   *
   * @param offset the first one to stay, or {@link #ALL}
   * @param replyTo gets {@link BrokerReply.RecordsDeleted} when they are gone
   */
  record DeleteRecords(TopicPartition partition, long offset, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {
    /** All records that can be read now. */
    public static final long ALL = -1;
  }

  /**
   * Creates a topic.
   *
   * @param partitions how many, or -1 for the cluster's default
   * @param configs overrides by Kafka's names, for example {@code retention.ms}
   * @param replyTo gets {@link BrokerReply.TopicDescribed}
   */
  record CreateTopic(
      String topic, int partitions, Map<String, String> configs, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {
    public CreateTopic {
      configs = Map.copyOf(configs);
    }
  }

  /**
   * Grows a topic; answered with {@link BrokerReply.TopicDescribed} as it is then. Keys go to other
   * partitions from then on.
   *
   * @param count how many partitions it is to have, more than it has
   */
  record CreatePartitions(String topic, int count, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {}

  /**
   * Changes a topic's configuration, all or nothing; answered with {@link
   * BrokerReply.TopicDescribed} as it is then.
   *
   * @param set values by Kafka's names
   * @param deleted names that return to their defaults
   */
  record AlterTopicConfigs(
      String topic, Map<String, String> set, Set<String> deleted, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {
    public AlterTopicConfigs {
      set = Map.copyOf(set);
      deleted = Set.copyOf(deleted);
      if (set.isEmpty() && deleted.isEmpty()) {
        throw new IllegalArgumentException("expected at least one change, but there was none");
      }
    }
  }

  /** Deletes a topic with its records; answered with the topic as it was. */
  record DeleteTopic(String topic, ActorRef<BrokerReply> replyTo) implements BrokerCommand {}

  /** Describes a topic; answered with {@link BrokerReply.TopicDescribed}. */
  record DescribeTopic(String topic, ActorRef<BrokerReply> replyTo) implements BrokerCommand {}

  /** Lists all topics; answered with {@link BrokerReply.TopicsListed}. */
  record ListTopics(ActorRef<BrokerReply> replyTo) implements BrokerCommand {}

  /**
   * Gives out a producer id never used before; answered with {@link
   * BrokerReply.ProducerIdAllocated}.
   */
  record AllocateProducerId(ActorRef<BrokerReply> replyTo) implements BrokerCommand {}

  /**
   * A member of a consumer group speaks to its coordinator; see {@link
   * io.castalia.api.group.GroupMember}, which does so.
   *
   * @param replyTo gets {@link BrokerReply.HeartbeatAnswered}
   */
  record GroupHeartbeat(MemberHeartbeat heartbeat, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {}

  /**
   * Commits offsets of a group.
   *
   * @param replyTo gets {@link BrokerReply.OffsetsCommitted} when they are durable
   */
  record CommitOffsets(OffsetCommit commit, ActorRef<BrokerReply> replyTo)
      implements BrokerCommand {}

  /**
   * Reads committed offsets of a group, those of open transactions excepted; answered with {@link
   * BrokerReply.OffsetsFetched}.
   */
  record FetchOffsets(OffsetQuery query, ActorRef<BrokerReply> replyTo) implements BrokerCommand {}
}
