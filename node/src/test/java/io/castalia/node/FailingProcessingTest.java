package io.castalia.node;

import static io.castalia.node.ProcessingNode.LONGS;
import static io.castalia.node.ProcessingNode.MAX_STATE;
import static io.castalia.node.ProcessingNode.PATIENCE;
import static io.castalia.node.ProcessingNode.STRINGS;
import static io.castalia.node.ProcessingNode.awaitAllTasks;
import static io.castalia.node.ProcessingNode.awaitAnyTask;
import static io.castalia.node.ProcessingNode.counting;
import static io.castalia.node.ProcessingNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.TopologyException;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What applications make of records, states and topics that they cannot work with. */
class FailingProcessingTest {
  @RegisterExtension static final ProcessingNode NODE = new ProcessingNode();

  @BeforeAll
  static void createTopics() throws Exception {
    NODE.createTopics(2, "poison", "large", "amounts", "bad-lines", "paid-orders", "changing");
    NODE.createTopics(2, "orders", "payments", "orders-with-names");
    NODE.createTopics(3, "customers");
  }

  @Test
  void shouldStopBeforeARecordThatFailsAndSayWhich() throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("poison", Consumed.with(STRINGS, STRINGS))
        .mapValues(value -> Long.parseLong(value))
        .groupByKey(Grouped.with(STRINGS, LONGS))
        .count(Materialized.as("good"));
    ProcessingApplication application = NODE.start("poisoned", builder.build());
    NODE.clients().produce("poison", "k", "1", 1);
    NODE.clients().produce("poison", "k", "no number", 2);
    NODE.clients().produce("poison", "k", "3", 3);

    awaitAnyTask(
        application,
        task ->
            task.condition() == Condition.FAILING
                && task.message().contains("The record at offset 1 of \"poison-")
                && task.message().contains("\"map-values-1\" failed"));
    assertThat(join(NODE.client("poisoned").get("good", "k", STRINGS, LONGS))).hasValue(1L);
  }

  @Test
  void shouldStopBeforeItsStateIsTooLargeAndSaySo() throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    builder.table("large", Consumed.with(STRINGS, STRINGS), Materialized.as("large"));
    ProcessingApplication application = NODE.start("large", builder.build());
    String large = "x".repeat(MAX_STATE);
    NODE.clients().produce("large", "k", large, 1);

    awaitAnyTask(
        application,
        task ->
            task.condition() == Condition.FAILING
                && task.message()
                    .startsWith(
                        "expected no more than castalia.processing.max-state-size,"
                            + " 65536 bytes,"));
    assertThat(join(NODE.client("large").get("large", "k", STRINGS, STRINGS))).hasValue(large);
    join(application.stop());
  }

  @Test
  void shouldPutRecordsAsideThatFail() throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("amounts", Consumed.with(STRINGS, STRINGS))
        .mapValues(value -> Long.parseLong(value))
        .to("paid-orders", Produced.with(STRINGS, LONGS));
    var unused =
        NODE.start(
            builder.build(),
            ProcessingSettings.create(NODE.system(), "aside")
                .withErrorPolicy(ErrorPolicy.deadLetter("bad-lines")));
    NODE.clients().produce("amounts", "k", "no number", 1);
    NODE.clients().produce("amounts", "k", "2", 2);

    await().atMost(PATIENCE).until(() -> NODE.clients().ends("bad-lines", 2).containsValue(1L));
    await().atMost(PATIENCE).until(() -> NODE.clients().ends("paid-orders", 2).containsValue(1L));
    assertThat(join(NODE.client("aside").tasks()))
        .anySatisfy(
            task -> assertThat(task.drops()).containsEntry("map-values-1: dead letter", 1L));
  }

  @Test
  void shouldStopBeforeARecordThatNamesATopicWhichIsNotThere() throws Exception {
    NODE.createTopics(2, "routed");
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("routed", Consumed.with(STRINGS, STRINGS))
        .to((key, value, context) -> "to-" + value, Produced.with(STRINGS, STRINGS));
    ProcessingApplication application = NODE.start("routing", builder.build());
    NODE.clients().produce("routed", "k", "later", 1);

    awaitAnyTask(
        application,
        task ->
            task.condition() == Condition.FAILING
                && task.message().contains("\"sink-1\" failed with ")
                && task.message()
                    .endsWith("expected a topic that exists, but there is no \"to-later\""));
    NODE.createTopics(2, "to-later");

    await().atMost(PATIENCE).until(() -> NODE.published("to-later") == 1);
    join(application.stop());
  }

  @Test
  void shouldRefuseTopicsThatDoNotFit() {
    assertThatThrownBy(() -> NODE.start("silence", ProcessingExamples.silence()))
        .hasRootCauseInstanceOf(TopologyException.class)
        .hasRootCauseMessage(
            "expected the topics of \"silence\" to exist, but there is no \"devices\"");
    assertThatThrownBy(() -> NODE.start("joins", ProcessingExamples.joins()))
        .hasRootCauseMessage(
            "expected topics whose records meet by key to have equal numbers of partitions, but"
                + " they are {customers=3, orders=2}");
  }

  @Test
  void shouldRefuseATopologyThatDoesNotFitItsStoredState() {
    ProcessingApplication former = NODE.start("changing", counting("changing", "former"));
    awaitAllTasks(former, task -> task.condition() == Condition.RUNNING);
    join(former.stop());

    ProcessingApplication application = NODE.start("changing", counting("changing", "latter"));

    awaitAllTasks(application, task -> task.condition() == Condition.REFUSED);

    assertThat(join(NODE.client("changing").tasks()))
        .allSatisfy(
            task ->
                assertThat(task.message())
                    .startsWith(
                        "expected a topology with the stores of its stored state,"
                            + " {former=KEY_VALUE}, but it has {latter=KEY_VALUE}"));
    assertThatThrownBy(() -> join(NODE.client("changing").get("latter", "a", STRINGS, LONGS)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }
}
