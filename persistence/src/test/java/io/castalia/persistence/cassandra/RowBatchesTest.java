package io.castalia.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.Buckets;
import io.castalia.persistence.store.StoredEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class RowBatchesTest {
  private static final long BUCKET = Buckets.firstSegment(7);
  private static final long OTHER_BUCKET = Buckets.firstSegment(8);
  private static final int KIB = 1024;
  private static final int FEW = 4;

  private final List<Begun> begun = new ArrayList<>();
  private long now;
  private final RowBatches batches = batches(20);

  private record Begun(List<StoredEntry> rows, CompletableFuture<Done> answer) {
    List<String> logs() {
      return rows.stream().map(StoredEntry::log).toList();
    }

    void complete() {
      answer.complete(Done.getInstance());
    }
  }

  private RowBatches batches(int most) {
    return new RowBatches(
        most,
        Duration.ofSeconds(20),
        () -> now,
        rows -> {
          Begun request = new Begun(rows, new CompletableFuture<>());
          begun.add(request);
          return request.answer();
        });
  }

  private CompletionStage<Done> write(String log, long segment, int bytes) {
    return batches.write(row(log, segment, bytes));
  }

  private static StoredEntry row(String log, long segment, int bytes) {
    return new StoredEntry(
        log, segment, 1, 1, 1, 0, bytes, ByteBuffer.allocate(0), ByteBuffer.allocate(bytes));
  }

  /** As many requests as do not wait for each other. */
  private void beginFew() {
    for (int i = 0; i < FEW; i++) {
      write("few-" + i, BUCKET, 10);
    }
    assertThat(begun).hasSize(FEW);
  }

  @Test
  void shouldWriteRowsOfABucketTogetherThatWaitTogether() {
    // given
    beginFew();
    CompletionStage<Done> c = write("c", BUCKET, 10);
    CompletionStage<Done> d = write("d", BUCKET, 10);

    // when
    begun.get(0).complete();

    // then
    assertThat(begun).hasSize(FEW + 1);
    assertThat(begun.get(FEW).logs()).containsExactly("c", "d");
    assertThat(c).isNotCompleted();

    // when
    begun.get(FEW).complete();

    // then
    assertThat(c).isCompleted();
    assertThat(d).isCompleted();
  }

  @Test
  void shouldNotLetLargeRequestsWaitForEachOther() {
    for (int i = 0; i < 2 * FEW; i++) {
      write("large-" + i, BUCKET, 300 * KIB);
    }

    assertThat(begun).hasSize(2 * FEW);
  }

  @Test
  void shouldPutNoMoreIntoARequestThanAMebibyteButForALargerRow() {
    beginFew();
    write("small", BUCKET, 100 * KIB);
    write("larger", BUCKET, 2 * KIB * KIB);
    write("last", BUCKET, 10);

    assertThat(begun.subList(FEW, begun.size()))
        .extracting(Begun::logs)
        .containsExactly(List.of("small"), List.of("larger"));
    begun.subList(0, 3).forEach(Begun::complete);
    assertThat(begun.get(FEW + 2).logs()).containsExactly("last");
  }

  @Test
  void shouldKeepBucketsApartAndLetEachHaveItsTurn() {
    // given
    RowBatches two = batches(2);
    two.write(row("a1", BUCKET, 300 * KIB));
    two.write(row("a2", BUCKET, 300 * KIB));
    two.write(row("a3", BUCKET, 800 * KIB));
    two.write(row("a4", BUCKET, 800 * KIB));
    two.write(row("b1", OTHER_BUCKET, 10));
    two.write(row("b2", OTHER_BUCKET, 10));
    assertThat(begun).hasSize(2);

    // when
    begun.get(0).complete();
    begun.get(1).complete();

    // then
    assertThat(begun).extracting(Begun::logs).endsWith(List.of("a3"), List.of("b1", "b2"));
  }

  @Test
  void shouldKeepSegmentsApartThatLieByThemselves() {
    write("a", 1, 10);
    write("a", 2, 10);
    for (int i = 0; i <= FEW; i++) {
      write("b", 1, 10);
    }

    assertThat(begun).hasSize(2 + FEW).allMatch(request -> request.rows().size() == 1);
  }

  @Test
  void shouldFailAllRowsOfARequestWhoseOutcomeIsUnknown() {
    beginFew();
    CompletionStage<Done> c = write("c", BUCKET, 10);
    CompletionStage<Done> d = write("d", BUCKET, 10);
    begun.get(0).complete();

    begun.get(FEW).answer().completeExceptionally(new StoreUnavailableException("away"));

    assertThat(c).isCompletedExceptionally();
    assertThat(d).isCompletedExceptionally();
    assertThat(begun).hasSize(FEW + 1);
  }

  @Test
  void shouldNotRefuseARowForAnother() {
    // given
    beginFew();
    CompletionStage<Done> good = write("good", BUCKET, 10);
    CompletionStage<Done> bad = write("bad", BUCKET, 10);
    begun.get(0).complete();

    // when
    begun.get(FEW).answer().completeExceptionally(new IllegalArgumentException("bad"));
    begun.get(FEW + 1).complete();
    begun.get(FEW + 2).answer().completeExceptionally(new IllegalArgumentException("bad"));

    // then
    assertThat(good).isCompleted();
    assertThat(bad).isCompletedExceptionally();
  }

  @Test
  void shouldShowWhatIsUnderWayAndWhatWaits() {
    MeterRegistry meters = new SimpleMeterRegistry();
    batches.watch(meters);
    beginFew();
    write("c", BUCKET, 10);
    write("d", BUCKET, 10);

    assertThat(meters.get("castalia.store.writes.in.flight").gauge().value()).isEqualTo(FEW);
    assertThat(meters.get("castalia.store.rows.waiting").gauge().value()).isEqualTo(2);
    begun.get(0).complete();

    assertThat(meters.get("castalia.store.rows.waiting").gauge().value()).isZero();
    assertThat(meters.get("castalia.store.writes.in.flight").gauge().value()).isEqualTo(FEW);
    assertThat(meters.get("castalia.store.writes").functionCounter().count()).isEqualTo(FEW + 1);
  }

  @Test
  void shouldGoOnWhenARequestCannotBeMade() {
    RowBatches broken =
        new RowBatches(
            1,
            Duration.ofSeconds(20),
            () -> now,
            rows -> {
              throw new IllegalStateException("broken");
            });

    assertThat(broken.write(row("a", BUCKET, 10))).isCompletedExceptionally();
    assertThat(broken.write(row("b", BUCKET, 10))).isCompletedExceptionally();
  }

  @Test
  void shouldServeAnyNumberOfRowsThatAreWrittenAtOnce() {
    List<CompletableFuture<Done>> first = new ArrayList<>();
    RowBatches quick =
        new RowBatches(
            1,
            Duration.ofSeconds(20),
            () -> now,
            rows -> {
              CompletableFuture<Done> answer = new CompletableFuture<>();
              if (first.isEmpty()) {
                first.add(answer);
              } else {
                answer.complete(Done.getInstance());
              }
              return answer;
            });
    List<CompletionStage<Done>> rows =
        IntStream.range(0, 100_000).mapToObj(i -> quick.write(row("log-" + i, 1, 0))).toList();

    first.get(0).complete(Done.getInstance());

    assertThat(rows).allSatisfy(each -> assertThat(each).isCompleted());
  }

  @Test
  void shouldNotWriteWhatNobodyWantsAnyMore() {
    // given
    beginFew();
    CompletionStage<Done> early = write("early", BUCKET, 10);
    now = Duration.ofSeconds(10).toNanos();
    CompletionStage<Done> late = write("late", BUCKET, 10);

    // when
    now = Duration.ofSeconds(21).toNanos();
    begun.get(0).complete();

    // then
    assertThat(early).isCompletedExceptionally();
    assertThat(begun.get(FEW).logs()).containsExactly("late");
    begun.get(FEW).complete();
    assertThat(late).isCompleted();
  }
}
