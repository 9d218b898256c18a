package io.castalia.node;

import static io.castalia.node.ProcessingNode.LONGS;
import static io.castalia.node.ProcessingNode.PATIENCE;
import static io.castalia.node.ProcessingNode.STRINGS;
import static io.castalia.node.ProcessingNode.awaitAllTasks;
import static io.castalia.node.ProcessingNode.awaitValue;
import static io.castalia.node.ProcessingNode.counting;
import static io.castalia.node.ProcessingNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Consumer;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Subscriptions;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingReset;
import io.castalia.streams.processing.runtime.ResetTarget;
import io.castalia.streams.processing.runtime.TaskStatus;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of applications whose topics get more partitions while they run. */
class GrowingTopicsTest {
  @RegisterExtension static final ProcessingNode NODE = new ProcessingNode();

  private static void grow(String topic, int partitions) throws Exception {
    NODE.clients()
        .admin()
        .createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
        .all()
        .get();
  }

  private static Topology countingValues(OffsetReset reset) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("words", Consumed.with(STRINGS, STRINGS).withOffsetResetPolicy(reset))
        .groupBy((key, word) -> word, Grouped.with("words", STRINGS, STRINGS))
        .count(Materialized.as("counts"));
    return builder.build();
  }

  /** The counts are kept by words, in a topic that does not grow. */
  @Test
  void shouldReadAddedPartitionsFromTheirFirstRecordsOn() throws Exception {
    NODE.createTopics(1, "words");
    ProcessingApplication application = NODE.start("growing", countingValues(OffsetReset.LATEST));
    awaitAllTasks(application, task -> task.condition() == Condition.RUNNING);
    NODE.clients().produce("words", 0, "castle");
    awaitValue(() -> application.client().get("counts", "castle", STRINGS, LONGS), 1L);

    grow("words", 3);
    NODE.clients().produce("words", 2, "castle");

    awaitValue(() -> application.client().get("counts", "castle", STRINGS, LONGS), 2L);
    assertThat(join(application.client().tasks())).hasSize(3 + 1);
    join(application.stop());
    grow("words", 4);
    NODE.clients().produce("words", 3, "castle");
    ProcessingApplication again = NODE.start("growing", countingValues(OffsetReset.LATEST));
    awaitValue(() -> again.client().get("counts", "castle", STRINGS, LONGS), 3L);
    join(again.stop());
  }

  @Test
  void shouldRefuseToGoOnWhereKeysWouldBeElsewhereUntilItBeginsAnew() throws Exception {
    NODE.createTopics(1, "keyed");
    ProcessingApplication application = NODE.start("keyed", counting("keyed", "counts"));
    NODE.clients().produce("keyed", "k", "one", 1);
    awaitValue(() -> application.client().get("counts", "k", STRINGS, LONGS), 1L);

    grow("keyed", 2);

    awaitRefused(application);
    join(application.stop());
    ProcessingApplication again = NODE.start("keyed", counting("keyed", "counts"));
    awaitRefused(again);
    join(again.stop());

    awaitReset("keyed");
    ProcessingApplication anew = NODE.start("keyed", counting("keyed", "counts"));
    awaitAllTasks(anew, task -> task.condition() == Condition.RUNNING);
    assertThat(join(anew.client().tasks())).hasSize(2);
    join(anew.stop());
  }

  /** A member that has stopped it is no longer listed a moment later. */
  private static void awaitReset(String application) {
    ProcessingReset reset = ProcessingReset.create(NODE.system(), application, PATIENCE);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(join(reset.to(new ResetTarget.Earliest(), Set.of()))).hasSize(2));
  }

  private static void awaitRefused(ProcessingApplication application) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(join(application.client().tasks()))
                    .hasSize(2)
                    .allSatisfy(
                        task ->
                            assertThat(task.message())
                                .startsWith(
                                    "expected the input topics with as many partitions as when the"
                                        + " application began, {keyed=1}, but they are {keyed=2}"))
                    .extracting(TaskStatus::condition)
                    .containsOnly(Condition.REFUSED));
  }

  @Test
  void shouldWriteToAddedPartitions() throws Exception {
    NODE.createTopics(1, "copied", "copies");
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("copied", Consumed.with(STRINGS, STRINGS))
        .to("copies", Produced.with(STRINGS, STRINGS));
    ProcessingApplication application = NODE.start("copying", builder.build());
    awaitAllTasks(application, task -> task.condition() == Condition.RUNNING);

    grow("copies", 2);

    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (String key : List.of("a", "b", "c", "d", "e", "f")) {
                NODE.clients().produce("copied", key, "value", 1);
              }
              return NODE.clients().ends("copies", 2).values().stream().noneMatch(end -> end == 0);
            });
    join(application.stop());
  }

  /** As a start of it would be refused. */
  @Test
  void shouldRefuseToGoOnWithTopicsThatNoLongerAgree() throws Exception {
    NODE.createTopics(1, "one", "two");
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(List.of("one", "two"), Consumed.with(STRINGS, STRINGS))
        .groupByKey()
        .count(Materialized.as("counts"));
    Topology topology = builder.build();
    ProcessingApplication application = NODE.start("agreeing", topology);
    awaitAllTasks(application, task -> task.condition() == Condition.RUNNING);

    grow("two", 2);

    String message =
        "expected topics whose records meet by key to have equal numbers of partitions, but they"
            + " are {one=1, two=2}";
    awaitAllTasks(
        application,
        task -> task.condition() == Condition.REFUSED && task.message().equals(message));
    join(application.stop());
    assertThatThrownBy(() -> NODE.start("agreeing", topology)).hasRootCauseMessage(message);
  }

  /** From their first records on, though it began at the end, whenever it hears of them. */
  @Test
  void shouldGiveAddedPartitionsToTheMembersOfAGroup() throws Exception {
    NODE.createTopics(1, "followed");
    Queue<String> read = new ConcurrentLinkedQueue<>();
    Consumer.Control control =
        Consumer.plainSource(
                ConsumerSettings.create(
                        NODE.system(), new StringDeserializer(), new StringDeserializer())
                    .withGroupId("followers")
                    .withOffsetReset(OffsetReset.LATEST),
                Subscriptions.topics("followed"))
            .map(ConsumerRecord::value)
            .to(Sink.foreach(read::add))
            .run(NODE.system());
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              NODE.clients().produce("followed", 0, "one");
              return read.contains("one");
            });

    grow("followed", 2);
    NODE.clients().produce("followed", 1, "two");

    await().atMost(PATIENCE).until(() -> read.contains("two"));
    join(control.shutdown());
  }
}
