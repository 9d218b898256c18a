package io.castalia.streams.processing.runtime;

import io.castalia.api.BrokerCommand.FindOffset;
import io.castalia.api.CastaliaClient;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.processing.internal.Node;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskMachine;
import io.castalia.streams.processing.internal.TaskPlace;
import io.castalia.streams.processing.internal.TaskShape;
import io.castalia.streams.processing.pages.PageSource;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * What the tasks of an application on a node share.
 *
 * @param counts the partitions of all its topics, by their names in the cluster
 */
record TaskResources(
    ProcessingSettings settings,
    List<SubTopology> parts,
    Map<String, Integer> counts,
    CastaliaClient client,
    Clock clock) {

  SubTopology part(TaskId task) {
    return parts.get(task.part());
  }

  TaskMachine machine(TaskId task, PageSource pages) {
    TaskPlace place = new TaskPlace(settings.applicationId(), task.partition(), this::partitionsOf);
    return new TaskMachine(part(task), place, settings.errors(), pages);
  }

  TaskShape shape(TaskId task) {
    String application = settings.applicationId();
    return part(task).shape(application, topic -> partitionsOf(topic.in(application)));
  }

  /** The partitions that a task reads, each with the time for which to ask where to begin. */
  Map<TopicPartition, Long> inputs(TaskId task) {
    Map<TopicPartition, Long> inputs = new LinkedHashMap<>();
    for (Node.Source source : part(task).sources()) {
      String topic = source.topic().in(settings.applicationId());
      long beginning = beginning(source.codec().reset());
      partitions(source, task)
          .forEach(partition -> inputs.put(new TopicPartition(topic, partition), beginning));
    }
    return inputs;
  }

  private IntStream partitions(Node.Source source, TaskId task) {
    int count = partitionsOf(source.topic().in(settings.applicationId()));
    if (source.everywhere()) {
      return IntStream.range(0, count);
    }
    return task.partition() < count ? IntStream.of(task.partition()) : IntStream.empty();
  }

  /** The topics of which a task reads all. */
  Set<String> globalTopics(TaskId task) {
    return part(task).sources().stream()
        .filter(Node.Source::everywhere)
        .map(source -> source.topic().in(settings.applicationId()))
        .collect(Collectors.toSet());
  }

  private static long beginning(OffsetReset reset) {
    return reset == OffsetReset.LATEST ? FindOffset.LATEST : FindOffset.EARLIEST;
  }

  /** The partitions that a task reads of the application's own topics. */
  Set<TopicPartition> ownInputs(TaskId task) {
    return part(task).sources().stream()
        .filter(source -> source.topic().internal())
        .map(
            source ->
                new TopicPartition(source.topic().in(settings.applicationId()), task.partition()))
        .filter(partition -> task.partition() < partitionsOf(partition.topic()))
        .collect(Collectors.toSet());
  }

  /** One task for each partition of the largest input topic, those apart that each task reads. */
  int tasksOf(SubTopology part) {
    return part.sources().stream()
        .filter(source -> !source.everywhere())
        .mapToInt(source -> partitionsOf(source.topic().in(settings.applicationId())))
        .max()
        .orElse(0);
  }

  private int partitionsOf(String topic) {
    Integer count = counts.get(topic);
    if (count == null) {
      throw new IllegalStateException(
          "expected one of the topics %s, but it was \"%s\"".formatted(counts.keySet(), topic));
    }
    return count;
  }
}
