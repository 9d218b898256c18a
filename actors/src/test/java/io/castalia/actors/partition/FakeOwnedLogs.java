package io.castalia.actors.partition;

import io.castalia.persistence.OwnedLogs;
import io.castalia.persistence.Segment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.apache.pekko.Done;

/** Says what segments there are, and notes what is done to logs. */
public final class FakeOwnedLogs implements OwnedLogs {
  final List<String> deleted = new CopyOnWriteArrayList<>();
  final List<String> released = new CopyOnWriteArrayList<>();
  final List<String> confirmed = new CopyOnWriteArrayList<>();
  public volatile CompletionStage<Done> confirmation =
      CompletableFuture.completedFuture(Done.getInstance());
  volatile CompletionStage<Done> verification =
      CompletableFuture.completedFuture(Done.getInstance());
  private final IntFunction<CompletionStage<Done>> confirmations;
  private final IntFunction<CompletionStage<Done>> verifications;
  volatile List<Segment> segments = List.of();

  public FakeOwnedLogs() {
    confirmations = epoch -> confirmation;
    verifications = epoch -> verification;
  }

  /** Logs whose ownership, by epoch, is found out in some other way. */
  FakeOwnedLogs(
      IntFunction<CompletionStage<Done>> confirmations,
      IntFunction<CompletionStage<Done>> verifications) {
    this.confirmations = confirmations;
    this.verifications = verifications;
  }

  @Override
  public CompletionStage<Boolean> exists(String log) {
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public int epoch(String log) {
    return 4;
  }

  @Override
  public CompletionStage<Done> confirm(String log, int epoch, Duration maxAge) {
    confirmed.add(log + " in epoch " + epoch + " within " + maxAge);
    return confirmations.apply(epoch);
  }

  @Override
  public CompletionStage<Done> verified(String log, int epoch) {
    return verifications.apply(epoch);
  }

  @Override
  public List<Segment> segments(String log) {
    return segments;
  }

  @Override
  public CompletionStage<Done> dropBefore(String log, long position) {
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public CompletionStage<Done> release(String log) {
    released.add(log);
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public CompletionStage<Done> delete(String log) {
    deleted.add(log);
    return CompletableFuture.completedFuture(Done.getInstance());
  }
}
