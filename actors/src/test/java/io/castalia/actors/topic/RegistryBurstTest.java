package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;
import org.junit.jupiter.api.Test;

/** What the registry does with many requests, and with large ones. */
class RegistryBurstTest extends RegistryNode {
  /** A persistent actor's stash holds 4,096 and drops more without a word. */
  @Test
  void shouldAnswerEveryRequestOfABurstDuringAWrite() {
    RememberingJournal.hold();
    CompletableFuture<TopicResult> first =
        topics.create("first", 1, Map.of(), false).toCompletableFuture();
    List<CompletableFuture<TopicResult>> burst =
        IntStream.range(0, 6_000)
            .mapToObj(i -> topics.create("t" + i, 1, Map.of(), true).toCompletableFuture())
            .toList();

    RememberingJournal.release();

    assertThat(burst).allSatisfy(each -> assertThat(join(each).error()).isEqualTo(Errors.NONE));
    assertThat(join(first).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseRequestsThatAreTooLarge() {
    TopicResult result = join(topics.create("x".repeat(40_000), 1, Map.of(), false));

    assertThat(result.error()).isEqualTo(Errors.INVALID_REQUEST);
  }

  @Test
  void shouldWriteManyTopicsInFewBatches() {
    int writes = RememberingJournal.writes();
    long begin = System.nanoTime();
    RememberingJournal.hold();
    List<CompletableFuture<TopicResult>> results = new ArrayList<>();
    IntStream.range(0, 1000)
        .forEach(
            i ->
                results.add(
                    topics.create("topic-" + i, 100, Map.of(), false).toCompletableFuture()));
    awaitCollected();

    RememberingJournal.release();

    results.forEach(result -> assertThat(join(result).error()).isEqualTo(Errors.NONE));

    System.out.printf(
        "1,000 topics of 100 partitions: %d ms, %d writes%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        RememberingJournal.writes() - writes);
    assertThat(topics.catalog().all()).hasSize(1000);
    assertThat(RememberingJournal.writes() - writes).isLessThan(20);
  }

  /** All that was asked before has come to the registry, by way of its proxy. */
  private void awaitCollected() {
    awaitEmptyMailbox("/system/singletonProxytopic-registry-*");
    awaitEmptyMailbox("/system/singletonManagertopic-registry/topic-registry");
  }

  /** An actor answers this when it has taken what came before, whatever it does with it. */
  private void awaitEmptyMailbox(String path) {
    ActorSelection actor = Adapter.toClassic(kit.system()).actorSelection(path);
    assertThat(join(Patterns.ask(actor, new Identify(path), PATIENCE)))
        .isInstanceOfSatisfying(
            ActorIdentity.class, found -> assertThat(found.getActorRef()).isPresent());
  }
}
