package io.castalia.streams.processing.internal;

import io.castalia.api.InboundRecord;
import org.apache.kafka.common.TopicPartition;

/** A record as read, and from where. */
public record SourceRecord(TopicPartition partition, InboundRecord record) {}
