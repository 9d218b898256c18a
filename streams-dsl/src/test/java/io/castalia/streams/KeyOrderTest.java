package io.castalia.streams;

import static io.castalia.streams.StreamedGroup.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Supervision;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Elements are texts; the key is the first letter, and those with a dash have none. */
class KeyOrderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  private final Map<String, CompletableFuture<String>> begun = new ConcurrentHashMap<>();

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void shouldWorkOnOneElementOfEachKeyAtATime() {
    CompletionStage<List<String>> results = run(8, "a1", "a2", "b1", "b2", "a3");
    awaitBegun("a1", "b1");

    finish("b1");
    awaitBegun("a1", "b1", "b2");
    finish("a1");
    awaitBegun("a1", "a2", "b1", "b2");
    finish("b2");
    finish("a2");
    awaitBegun("a1", "a2", "a3", "b1", "b2");
    finish("a3");

    assertThat(join(results)).containsExactly("a1", "a2", "b1", "b2", "a3");
  }

  @Test
  void shouldNotEmitBeforeTheElementsInFront() {
    Source<String, ?> source =
        Source.from(List.of("a1", "b1"))
            .via(KeyOrder.mapAsyncPerKey(8, KeyOrderTest::key, this::begin));
    var queue = source.runWith(Sink.queue(), TEST_KIT.system());
    awaitBegun("a1", "b1");

    finish("b1");
    CompletableFuture<?> first = queue.pull().toCompletableFuture();
    assertThat(first).isNotDone();
    finish("a1");

    assertThat(first.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(Optional.of("a1"));
  }

  @Test
  void shouldBoundWhatIsBegunOrWaits() {
    CompletionStage<List<String>> results = run(2, "a1", "a2", "b1");
    awaitBegun("a1");

    finish("a1");
    awaitBegun("a1", "a2", "b1");
    finish("a2");
    finish("b1");

    assertThat(join(results)).hasSize(3);
  }

  @Test
  void shouldKeepNoOrderWithoutAKey() {
    CompletionStage<List<String>> results = run(8, "-1", "-2");

    awaitBegun("-1", "-2");
    finish("-2");
    finish("-1");

    assertThat(join(results)).containsExactly("-1", "-2");
  }

  @Test
  void shouldNotBeginWorkBehindAFailureOfItsKey() {
    CompletionStage<List<String>> results = run(8, "a1", "a2");
    awaitBegun("a1");

    work("a1").completeExceptionally(new IllegalStateException("cannot"));

    assertThatThrownBy(() -> join(results))
        .isInstanceOf(CompletionException.class)
        .hasStackTraceContaining("cannot");
    assertThat(begun).containsOnlyKeys("a1");
  }

  @Test
  void shouldKeepTheContext() {
    CompletionStage<List<Pair<String, Integer>>> results =
        Source.from(List.of(Pair.create("a1", 1), Pair.create("b1", 2)))
            .via(
                KeyOrder.<String, String, String, Integer>mapAsyncPerKeyWithContext(
                        8, KeyOrderTest::key, CompletableFuture::completedStage)
                    .asFlow())
            .runWith(Sink.seq(), TEST_KIT.system());

    assertThat(join(results)).containsExactly(Pair.create("a1", 1), Pair.create("b1", 2));
  }

  private CompletionStage<List<String>> run(int parallelism, String... elements) {
    return Source.from(List.of(elements))
        .via(
            KeyOrder.<String, String, String>mapAsyncPerKey(
                parallelism, KeyOrderTest::key, this::begin))
        .withAttributes(ActorAttributes.withSupervisionStrategy(Supervision.getResumingDecider()))
        .runWith(Sink.seq(), TEST_KIT.system());
  }

  private static @Nullable String key(String element) {
    return element.startsWith("-") ? null : element.substring(0, 1);
  }

  private CompletionStage<String> begin(String element) {
    return work(element);
  }

  private CompletableFuture<String> work(String element) {
    return begun.computeIfAbsent(element, each -> new CompletableFuture<>());
  }

  private void finish(String element) {
    work(element).complete(element);
  }

  private void awaitBegun(String... elements) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(begun).containsOnlyKeys(elements));
  }
}
