package io.castalia.streams.processing.internal;

import io.castalia.api.OutboundRecord;
import org.apache.kafka.common.TopicPartition;

/** A record to be published, and where. */
public record OutputRecord(TopicPartition partition, OutboundRecord record) {}
