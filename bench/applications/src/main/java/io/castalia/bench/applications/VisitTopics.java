package io.castalia.bench.applications;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What the join of visits reads and writes, and what a batch computation makes of the same. */
public final class VisitTopics {
  /** Requests for pages, by client. */
  public static final String PAGES = "pages";

  /** Requests for parts of pages, by client. */
  public static final String ASSETS = "assets";

  /** Each page with each asset that belongs to it, or alone. */
  public static final String VISITS = "visits";

  /** The log is of a year long ago, and shall stay. */
  public static final Map<String, String> CONFIGURATION = Map.of("retention.ms", "-1");

  /** How far apart a page and its assets are at most. */
  static final long WINDOW_MS = 10_000;

  /** Longer than any time by which a record comes late when the log is published in its order. */
  static final long GRACE_MS = 6 * 3_600_000;

  private static final String NOTHING = "-";

  private VisitTopics() {}

  static String visit(String page, @Nullable String asset) {
    return page + " " + (asset == null ? NOTHING : asset);
  }

  /** A request as it is published. */
  public static ProducerRecord<String, String> record(Hit hit) {
    return new ProducerRecord<>(
        hit.isAsset() ? ASSETS : PAGES, null, hit.time(), hit.client(), hit.what());
  }

  /** A page so much later than the others that all windows of its partition close. */
  public static ProducerRecord<String, String> end(int partition, long lastTime) {
    return new ProducerRecord<>(
        PAGES, partition, lastTime + 2 * (WINDOW_MS + GRACE_MS), "the end", "the end");
  }

  /** All visits, each with its client, in the order of their texts. */
  public static List<String> batch(List<Hit> hits) {
    Map<String, List<Hit>> assets =
        hits.stream().filter(Hit::isAsset).collect(Collectors.groupingBy(Hit::client));
    return hits.stream()
        .filter(hit -> !hit.isAsset())
        .flatMap(page -> visits(page, assets.getOrDefault(page.client(), List.of())))
        .sorted()
        .toList();
  }

  private static Stream<String> visits(Hit page, List<Hit> assets) {
    List<String> met =
        assets.stream()
            .filter(asset -> Math.abs(asset.time() - page.time()) <= WINDOW_MS)
            .map(asset -> text(page.client(), visit(page.what(), asset.what())))
            .toList();
    return met.isEmpty() ? Stream.of(text(page.client(), visit(page.what(), null))) : met.stream();
  }

  /** A visit as {@link #batch} writes it. */
  public static String text(String client, String visit) {
    return client + " " + visit;
  }
}
