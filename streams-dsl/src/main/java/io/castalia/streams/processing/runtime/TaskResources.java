package io.castalia.streams.processing.runtime;

import io.castalia.api.BrokerCommand.FindOffset;
import io.castalia.api.CastaliaClient;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.PartitionCounts;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** What the tasks of an application on a node share.. */
record TaskResources(
    ProcessingSettings settings,
    List<SubTopology> parts,
    TopicCounts topics,
    ApplicationRecord record,
    CastaliaClient client,
    Clock clock) {
  private static final long EARLIEST = FindOffset.EARLIEST;

  SubTopology part(TaskId task) {
    return parts.get(task.part());
  }

  TaskMachine machine(TaskId task, PageSource pages) {
    NamedTopics named =
        new NamedTopics(PartitionCounts.of(client), settings.limits().callTimeout());
    TaskPlace place =
        new TaskPlace(
            settings.applicationId(),
            task.partition(),
            topic ->
                topics.counts().containsKey(topic)
                    ? partitionsOf(topic)
                    : named.partitionsOf(topic));
    return new TaskMachine(part(task), place, settings.errors(), pages);
  }

  TaskShape shape(TaskId task) {
    String application = settings.applicationId();
    return part(task).shape(application, topic -> partitionsOf(topic.in(application)));
  }

  /** Whether there is such a task, as far as is known here. */
  boolean has(TaskId task) {
    return task.part() < parts.size() && task.partition() < tasksOf(part(task));
  }

  /** The input topics of a task that may have more partitions than when it began. */
  Set<String> mayGrow(TaskId task) {
    return part(task).mayGrow().stream()
        .map(topic -> topic.in(settings.applicationId()))
        .collect(Collectors.toSet());
  }

  /** The same tasks with other numbers of partitions. */
  TaskResources with(TopicCounts now) {
    return new TaskResources(settings, parts, now, record, client, clock);
  }

  /**
   * The partitions that a task reads, each with the time for which to ask where to begin. A
   * partition that was added since the application began has nothing from before that.
   *
   * @param began how the application began, as the part's first task knows
   */
  Map<TopicPartition, Long> inputs(TaskId task, TaskShape began) {
    Map<TopicPartition, Long> inputs = new LinkedHashMap<>();
    for (Node.Source source : part(task).sources()) {
      long beginning = beginning(source.codec().reset());
      partitions(source, task)
          .mapToObj(partition -> new TopicPartition(nameOf(source), partition))
          .forEach(
              partition -> inputs.put(partition, isAdded(partition, began) ? EARLIEST : beginning));
    }
    return inputs;
  }

  /** Those that it does not know yet, because they were added since it began. */
  Map<TopicPartition, Long> added(TaskId task, Set<TopicPartition> known) {
    return inputs(task, TaskShape.NONE).keySet().stream()
        .filter(partition -> !known.contains(partition))
        .collect(Collectors.toMap(partition -> partition, partition -> EARLIEST));
  }

  private static boolean isAdded(TopicPartition partition, TaskShape began) {
    Integer then = began.inputs().get(partition.topic());
    return then != null && partition.partition() >= then;
  }

  private String nameOf(Node.Source source) {
    return source.topic().in(settings.applicationId());
  }

  /**
   * Why a task that has never run is not to begin, if it is not.
   *
   * @param began how the application began, as the part's first task knows
   */
  Optional<String> refusal(TaskId task, TaskShape began) {
    if (!began.equals(TaskShape.NONE)) {
      Optional<String> misfit = began.inputMisfit(shape(task), mayGrow(task));
      if (misfit.isPresent()) {
        return misfit;
      }
    }
    return part(task).sources().stream()
        .filter(source -> source.codec().reset() == OffsetReset.NONE)
        .filter(
            source ->
                partitions(source, task)
                    .mapToObj(partition -> new TopicPartition(nameOf(source), partition))
                    .anyMatch(
                        partition ->
                            !isAdded(partition, began) && !record.places().containsKey(partition)))
        .findFirst()
        .map(
            source ->
                "expected \"%s\" to have read \"%s\" before, as OffsetReset.NONE says, but this task"
                        .formatted(settings.applicationId(), source.topic().name())
                    + " has never run");
  }

  private IntStream partitions(Node.Source source, TaskId task) {
    int count = partitionsOf(nameOf(source));
    if (source.everywhere()) {
      return IntStream.range(0, count);
    }
    return task.partition() < count ? IntStream.of(task.partition()) : IntStream.empty();
  }

  /** The topics of which a task reads all. */
  Set<String> globalTopics(TaskId task) {
    return part(task).sources().stream()
        .filter(Node.Source::everywhere)
        .map(this::nameOf)
        .collect(Collectors.toSet());
  }

  private static long beginning(OffsetReset reset) {
    return reset == OffsetReset.LATEST ? FindOffset.LATEST : EARLIEST;
  }

  /** The partitions that a task reads of the application's own topics. */
  Set<TopicPartition> ownInputs(TaskId task) {
    return part(task).sources().stream()
        .filter(source -> source.topic().internal())
        .map(source -> new TopicPartition(nameOf(source), task.partition()))
        .filter(partition -> task.partition() < partitionsOf(partition.topic()))
        .collect(Collectors.toSet());
  }

  /** One task for each partition of the largest input topic, those apart that each task reads. */
  int tasksOf(SubTopology part) {
    return part.sources().stream()
        .filter(source -> !source.everywhere())
        .mapToInt(source -> partitionsOf(nameOf(source)))
        .max()
        .orElse(0);
  }

  private int partitionsOf(String topic) {
    Integer count = topics.counts().get(topic);
    if (count == null) {
      throw new IllegalStateException(
          "expected one of the topics %s, but it was \"%s\""
              .formatted(topics.counts().keySet(), topic));
    }
    return count;
  }
}
