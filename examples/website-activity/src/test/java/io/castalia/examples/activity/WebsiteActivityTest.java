package io.castalia.examples.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.testkit.node.InMemoryNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Both groups over the whole log, on a node, with everything that can be restarted restarted. */
class WebsiteActivityTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static InMemoryNode node;

  @BeforeAll
  static void start() {
    node =
        InMemoryNode.start(directory, Map.of("castalia.groups.initial-rebalance-delay", "100ms"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldBeExactAfterTheCommand() {
    assertThat(new CommandLine(new WebsiteActivity()).execute("--bootstrap", node.bootstrap()))
        .isZero();
  }

  @Test
  void shouldBeExactWhenMembersAndNodeAreRestartedHalfWay() throws Exception {
    AccessLog log = AccessLog.shipped();
    Workload workload = Topics.ensure(node.bootstrap(), "activity");
    Publisher publisher = new Publisher(workload);
    Crew crew = Crew.start(workload);

    // Members are killed with the first half counted in part.
    publisher.publish(log.lines().subList(0, log.size() / 2));
    awaitCounted(workload, log.size() / 4, crew);
    crew.crash();
    crew = Crew.start(workload);

    // The node is killed under them while they count.
    publisher.publish(log.lines().subList(0, log.size() * 3 / 4));
    node.kill();
    node.startAgain();
    publisher.publish(log.lines());
    awaitCounted(workload, log.size(), crew);
    crew.stop();

    for (Question question : Question.values()) {
      Tally total = total(workload, question);
      assertThat(total.next()).isEqualTo(log.size());
      assertThat(total.counts()).isEqualTo(log.count(question));
    }
  }

  private static void awaitCounted(Workload workload, long requests, Crew crew) {
    for (Question question : Question.values()) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                crew.check();
                return total(workload, question).next() >= requests;
              });
    }
  }

  private static Tally total(Workload workload, Question question) {
    try (Results results =
        new Results(workload.bootstrap(), question.resultsTopic(workload.topic()))) {
      return results.total(workload.allPartitions());
    }
  }
}
