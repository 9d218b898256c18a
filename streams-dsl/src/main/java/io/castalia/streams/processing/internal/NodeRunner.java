package io.castalia.streams.processing.internal;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.TopicNameExtractor;
import io.castalia.streams.processing.internal.SinkCodec.TopicRecord;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** A node at work in a task. That records fit the nodes behind is for the builder to see to. */
interface NodeRunner {
  void process(StreamRecord<?, ?> record);

  static NodeRunner of(Node node, TaskMachine machine, TaskPlace place) {
    if (node instanceof Node.Step step) {
      OperatorContext<Object, Object> context = new OperatorContext<>(machine, node);
      Operator<Object, Object, Object, Object> operator = operator(step);
      return operator instanceof TimedOperator<Object, Object, Object, Object> timed
          ? new TimedStep(timed, context)
          : new Step(operator, context);
    }
    if (node instanceof Node.Sink sink) {
      return new Sink(codec(sink.codec()), sink.topic().in(place.applicationId()), machine, place);
    }
    if (node instanceof Node.Router router) {
      return new Router(topics(router), codec(router.codec()), machine, place);
    }
    return record -> machine.forward(node, record);
  }

  @SuppressWarnings("unchecked")
  private static Operator<Object, Object, Object, Object> operator(Node.Step step) {
    return (Operator<Object, Object, Object, Object>) step.operator().get();
  }

  @SuppressWarnings("unchecked")
  private static SinkCodec<Object, Object> codec(SinkCodec<?, ?> codec) {
    return (SinkCodec<Object, Object>) codec;
  }

  @SuppressWarnings("unchecked")
  private static TopicNameExtractor<Object, Object> topics(Node.Router router) {
    return (TopicNameExtractor<Object, Object>) router.topics();
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
  }

  /** Works on records, and on what follows of time. */
  record TimedStep(
      TimedOperator<Object, Object, Object, Object> operator,
      OperatorContext<Object, Object> context)
      implements NodeRunner {
    @Override
    public void process(StreamRecord<?, ?> record) {
      operator.process(untyped(record), context);
    }

    /** See {@link TimedOperator#advance}. */
    boolean advance() {
      return operator.advance(context);
    }
  }

  /** Writes the topics that are named for the records. */
  record Router(
      TopicNameExtractor<Object, Object> topics,
      SinkCodec<Object, Object> codec,
      TaskMachine machine,
      TaskPlace place)
      implements NodeRunner {
    @Override
    public void process(StreamRecord<?, ?> record) {
      Attempt attempt = machine.attempt();
      String topic =
          Objects.requireNonNull(
              topics.extract(record.key(), record.value(), attempt.context(record)),
              "expected the name of a topic, but it was null");
      String valid = new TopicRef(topic, false).name();
      int count = attempt.partitions(valid, place.counts());
      StreamRecord<Object, Object> written = untyped(record);
      OutboundRecord encoded = codec.encode(valid, written);
      int partition =
          codec.partition(new TopicRecord<>(valid, count, written), encoded, place.partition());
      attempt.output(new OutputRecord(new TopicPartition(valid, partition), encoded));
    }
  }

  /** Writes a topic. */
  final class Sink implements NodeRunner {
    private final SinkCodec<Object, Object> codec;
    private final String topic;
    private final TaskMachine machine;
    private final TaskPlace place;

    /** Of the topic; none before the first record. */
    private List<TopicPartition> partitions = List.of();

    private Sink(
        SinkCodec<Object, Object> codec, String topic, TaskMachine machine, TaskPlace place) {
      this.codec = codec;
      this.topic = topic;
      this.machine = machine;
      this.place = place;
    }

    @Override
    public void process(StreamRecord<?, ?> record) {
      StreamRecord<Object, Object> written = untyped(record);
      OutboundRecord encoded = codec.encode(topic, written);
      if (partitions.isEmpty()) {
        partitions =
            IntStream.range(0, place.counts().applyAsInt(topic))
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
      }
      int partition =
          codec.partition(
              new TopicRecord<>(topic, partitions.size(), written), encoded, place.partition());
      machine.attempt().output(new OutputRecord(partitions.get(partition), encoded));
    }
  }
}
