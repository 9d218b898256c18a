package io.castalia.streams.processing.internal;

import io.castalia.api.CastaliaClient;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.StreamRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;

/** A node at work in a task. That records fit the nodes behind is for the builder to see to. */
interface NodeRunner {
  void process(StreamRecord<?, ?> record);

  default void advance() {}

  static NodeRunner of(Node node, TaskMachine machine, TaskPlace place) {
    if (node instanceof Node.Step step) {
      return new Step(operator(step), new OperatorContext<>(machine, node));
    }
    if (node instanceof Node.Sink sink) {
      return new Sink(codec(sink), sink.topic().in(place.applicationId()), machine, place);
    }
    return record -> machine.forward(node, record);
  }

  @SuppressWarnings("unchecked")
  private static Operator<Object, Object, Object, Object> operator(Node.Step step) {
    return (Operator<Object, Object, Object, Object>) step.operator().get();
  }

  @SuppressWarnings("unchecked")
  private static SinkCodec<Object, Object> codec(Node.Sink sink) {
    return (SinkCodec<Object, Object>) sink.codec();
  }

  @SuppressWarnings("unchecked")
  private static StreamRecord<Object, Object> untyped(StreamRecord<?, ?> record) {
    return (StreamRecord<Object, Object>) record;
  }

  /** Works on records. */
  record Step(
      Operator<Object, Object, Object, Object> operator, OperatorContext<Object, Object> context)
      implements NodeRunner {
    @Override
    public void process(StreamRecord<?, ?> record) {
      operator.process(untyped(record), context);
    }

    @Override
    public void advance() {
      operator.advance(context);
    }
  }

  /** Writes a topic: to the partition of the key, or to the task's own for records without one. */
  record Sink(SinkCodec<Object, Object> codec, String topic, TaskMachine machine, TaskPlace place)
      implements NodeRunner {
    @Override
    public void process(StreamRecord<?, ?> record) {
      OutboundRecord encoded = codec.encode(topic, untyped(record));
      int count = place.counts().applyAsInt(topic);
      ByteString key = encoded.key();
      int partition =
          key == null
              ? place.partition() % count
              : CastaliaClient.partitionOf(key.toArray(), count);
      machine.attempt().output(new OutputRecord(new TopicPartition(topic, partition), encoded));
    }
  }
}
