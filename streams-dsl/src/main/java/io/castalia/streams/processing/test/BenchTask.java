package io.castalia.streams.processing.test;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.internal.Batch;
import io.castalia.streams.processing.internal.FailedRecordException;
import io.castalia.streams.processing.internal.OutputBatch;
import io.castalia.streams.processing.internal.SourceRecord;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskMachine;
import io.castalia.streams.processing.internal.TaskPlace;
import io.castalia.streams.processing.internal.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The one task of a sub-topology. Its state changes by events only, as in a cluster. */
final class BenchTask {
  private final SubTopology topology;
  private final TaskMachine machine;
  private final Set<String> topics;
  private final List<OutputBatch> outputs = new ArrayList<>();
  private TaskState state;

  BenchTask(SubTopology topology, String application, ErrorPolicy errors, long now) {
    this.topology = topology;
    this.machine = new TaskMachine(topology, new TaskPlace(application, 0, topic -> 1), errors);
    this.topics =
        topology.sources().stream()
            .map(source -> source.topic().in(application))
            .collect(Collectors.toSet());
    this.state =
        TaskState.NONE.after(
            new TaskEvent.Opened(topology.shape(application, topic -> 1), Map.of(), 0, now));
  }

  SubTopology topology() {
    return topology;
  }

  TaskState state() {
    return state;
  }

  boolean reads(String topic) {
    return topics.contains(topic);
  }

  /**
   * Works on a record.
   *
   * @throws FailedRecordException if it cannot be processed
   */
  void process(TopicPartition partition, InboundRecord record, long now) {
    advance(now);
    Batch batch = machine.begin(state);
    machine.process(batch, new SourceRecord(partition, record), now);
    journal(batch);
    advance(now);
  }

  void tick(long now) {
    advance(now);
    Batch batch = machine.begin(state);
    machine.tick(batch, now);
    journal(batch);
    advance(now);
  }

  /** Each part of what follows of time is an event of its own: a task may end between any two. */
  private void advance(long now) {
    while (state.unfinished().isPresent()) {
      Batch batch = machine.begin(state);
      machine.advance(batch, now);
      journal(batch);
    }
  }

  private void journal(Batch batch) {
    TaskEvent.Advanced event = batch.toEvent(Map.of());
    Map<TopicPartition, Integer> delivered = new HashMap<>();
    event.outputs().forEach(output -> delivered.merge(output.partition(), 1, Integer::sum));
    state = state.after(event).after(new TaskEvent.Delivered(delivered));
    outputs.addAll(event.outputs());
  }

  /** What is to be published since the last call, also of what failed later. */
  List<OutputBatch> takeOutputs() {
    List<OutputBatch> taken = List.copyOf(outputs);
    outputs.clear();
    return taken;
  }
}
