package io.castalia.bench.load;

import io.castalia.testkit.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The producers of a load, one codec after the other. */
public final class Producers implements AutoCloseable {

  private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
  private static final long PROGRESS = 100;

  private final List<LoadProducer> producers = new ArrayList<>();

  /** Starts them. */
  public Producers(String bootstrap, Load load, History history) {
    this(bootstrap, load, history, (partition, nanos) -> {});
  }

  /**
   * Starts them.
   *
   * @param listener told of each acknowledged record
   */
  public Producers(String bootstrap, Load load, History history, LoadProducer.Listener listener) {
    for (int index = 0; index < load.producers(); index++) {
      String codec = CODECS.get(index % CODECS.size());
      String name = "p" + index + codec;
      producers.add(
          new LoadProducer(
              name, LoadProducer.settings(name, codec, bootstrap), load, history, listener));
    }
  }

  /** How many records of all of them are known to be in the log. */
  public long acknowledged() {
    return producers.stream().mapToLong(LoadProducer::acknowledged).sum();
  }

  /**
   * Waits until many more records are acknowledged.
   *
   * @param meanwhile done again and again
   */
  public void awaitProgress(Duration timeout, Runnable meanwhile) {
    long before = acknowledged();
    Awaitility.await("acknowledgements to go on")
        .atMost(timeout)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              meanwhile.run();
              return acknowledged() > before + PROGRESS * producers.size();
            });
  }

  /** Records that clients gave up, with the reason. */
  public List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    producers.forEach(producer -> refusals.addAll(producer.refusals()));
    return refusals;
  }

  /** They send no more; waits for the outcome of all that was sent. */
  @Override
  public void close() {
    producers.forEach(LoadProducer::close);
  }
}
