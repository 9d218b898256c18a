package io.castalia.streams;

import io.castalia.streams.ConsumerMessage.Committable;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import io.castalia.streams.ConsumerMessage.CommittableOffsetBatch;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Flows and sinks that commit offsets, many at once. An offset that arrives says that its record
 * and those before it have been processed. A partition that another member waits for does not wait
 * for a batch to fill: what has arrived here of it is committed at once.
 */
public final class Committer {
  private Committer() {}

  /** Commits what comes, and emits for each batch when it is durable. */
  public static <C extends Committable> Flow<C, Done, NotUsed> flow(CommitterSettings settings) {
    return Committer.<C>batchFlow(settings).map(batch -> Done.getInstance());
  }

  /** Commits what comes, and emits each batch when it is durable. */
  public static <C extends Committable> Flow<C, CommittableOffsetBatch, NotUsed> batchFlow(
      CommitterSettings settings) {
    return Flow.<C>create()
        .map(Committer::processed)
        .groupedWithin(settings.maxBatch(), settings.maxInterval())
        .map(CommittableOffsetBatch::of)
        .mapAsync(settings.parallelism(), batch -> batch.commit().thenApply(committed -> batch));
  }

  /**
   * Commits what comes. The materialized stage completes when the stream has completed and all is
   * durable.
   */
  public static <C extends Committable> Sink<C, CompletionStage<Done>> sink(
      CommitterSettings settings) {
    return Committer.<C>flow(settings).toMat(Sink.ignore(), Keep.right());
  }

  /**
   * Commits the offset in each element's context: for streams of {@link
   * Consumer#sourceWithOffsetContext}. The materialized stage completes when the stream has
   * completed and all is durable.
   */
  public static <T, C extends Committable>
      Sink<Pair<T, C>, CompletionStage<Done>> sinkWithOffsetContext(CommitterSettings settings) {
    return Flow.<Pair<T, C>>create().map(Pair::second).toMat(sink(settings), Keep.right());
  }

  /** Commits the offset in each element's context, and emits for each batch when it is durable. */
  public static <T, C extends Committable>
      Flow<Pair<T, C>, CommittableOffsetBatch, NotUsed> flowWithOffsetContext(
          CommitterSettings settings) {
    return Flow.<Pair<T, C>>create().map(Pair::second).via(batchFlow(settings));
  }

  private static <C extends Committable> C processed(C committable) {
    if (committable instanceof CommittableOffset offset) {
      offset.processed();
    } else {
      committable.toBatch().processed();
    }
    return committable;
  }
}
