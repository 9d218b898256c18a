package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.ConnectorNode;
import io.castalia.node.ConnectorRun;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

/** Applications that begin anew. */
class ProcessingCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Serde<String> STRINGS = Serdes.String();

  private final ConnectorNode node = ConnectorNode.shared();
  private final ConnectorRun topics = node.connectors();
  private final Commands commands = Commands.admin(node.admin());

  private static Topology tally() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("tallied", Consumed.with(STRINGS, STRINGS))
        .groupBy((key, word) -> word, Grouped.with("words", STRINGS, STRINGS))
        .count(Materialized.as("counts"));
    return builder.build();
  }

  private ProcessingApplication start() {
    ProcessingApplication application =
        ProcessingApplication.start(
            node.system(), tally(), ProcessingSettings.create(node.system(), "tally"));
    join(application.ready());
    return application;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static void awaitCount(ProcessingApplication application, long count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        join(application.client().get("counts", "castle", STRINGS, Serdes.Long())))
                    .hasValue(count));
  }

  private CommandLineRun status() {
    return commands.run("processing", "status", "tally");
  }

  private CommandLineRun reset(String... more) {
    String[] command = new String[more.length + 3];
    command[0] = "processing";
    command[1] = "reset";
    command[2] = "tally";
    System.arraycopy(more, 0, command, 3, more.length);
    return commands.run(command);
  }

  /** A member that has stopped it is no longer listed a moment later. */
  private String awaitReset(String... more) {
    CommandLineRun[] last = new CommandLineRun[1];
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              last[0] = reset(more);
              last[0].assertDone();
            });
    return last[0].out();
  }

  @Test
  void shouldHaveAnApplicationBeginAnew() {
    topics.createTopics("tallied");
    topics.publish("tallied", "castle", "castle");
    ProcessingApplication application = start();
    awaitCount(application, 2);
    reset("--to-earliest").assertFailed("expected \"tally\" to be stopped, but it runs on ");
    topics.publish("tallied", "");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(status().out())
                    .startsWith("Application \"tally\": 2 task(s)\n")
                    .containsPattern("  0_0 +RUNNING +3 +0\n")
                    .containsPattern("  1_0 +RUNNING +3 +[1-9][0-9]*\n"));
    join(application.stop());
    topics.publish("tallied", "castle");

    assertThat(awaitReset("--to-offset", "3"))
        .startsWith("Reset application \"tally\"; it begins anew when it is started.\n")
        .containsPattern("tallied +0 +3\n")
        .hasLineCount(3);
    reset("--to-latest", "--topic", "untold")
        .assertFailed(
            "expected topics that \"tally\" reads, some of [tallied], but they were [untold]");

    status().assertFailed("expected a member that runs \"tally\", but it has been stopped, on ");

    ProcessingApplication again = start();
    awaitCount(again, 1);
    topics.publish("tallied", "castle");
    awaitCount(again, 2);
    join(again.stop());

    awaitReset("--to-time", "2000-01-01");
    topics.publish("tallied", "castle");
    ProcessingApplication latest = start();
    awaitCount(latest, 1);
    join(latest.stop());
  }

  @Test
  void shouldSayWhatItCannotReset() {
    commands
        .run("processing", "reset", "unheard", "--to-latest")
        .assertFailed("but none was that is called \"unheard\"");
    assertThat(commands.run("processing", "reset", "unheard").exitCode()).isEqualTo(2);
    assertThat(commands.run("processing", "reset", "a", "--to-time", "soon").err())
        .contains("expected a time such as");
  }
}
