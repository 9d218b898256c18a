package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.PagedMap;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.pekko.util.ByteString;

/**
 * Tells which pages records will want, before they are worked on: those that have their keys, in
 * the stores behind their topics. Mostly that is so, since records are in a task because of their
 * keys; what is guessed wrong is read in vain, and what is not guessed is read when it is wanted.
 */
public final class PageGuess {
  private final Map<String, Set<String>> stores = new HashMap<>();

  public PageGuess(SubTopology topology, String applicationId) {
    for (Node.Source source : topology.sources()) {
      Set<Integer> reached = new TreeSet<>(Set.of(source.id()));
      Set<String> behind = new LinkedHashSet<>();
      for (Node node : topology.nodes()) {
        if (node.parents().stream().anyMatch(reached::contains)) {
          reached.add(node.id());
          node.stores().stream().map(StoreSpec::name).forEach(behind::add);
        }
      }
      stores.put(source.topic().in(applicationId), behind);
    }
  }

  /** The pages that these records will want, by their numbers; no more than a limit. */
  public Set<Long> wanted(TaskState state, Stream<SourceRecord> records, int limit) {
    Set<Long> wanted = new LinkedHashSet<>();
    if (!hasPages(state)) {
      return wanted;
    }
    records
        .takeWhile(record -> wanted.size() < limit)
        .forEach(record -> add(state, record, wanted));
    return wanted;
  }

  private static boolean hasPages(TaskState state) {
    for (StoreContent content : state.stores().values()) {
      if (content.byKey().hasPages()) {
        return true;
      }
    }
    return false;
  }

  private void add(TaskState state, SourceRecord record, Set<Long> wanted) {
    ByteString key = record.record().key();
    if (key == null) {
      return;
    }
    Bytes bytes = Bytes.wrap(key.toArray());
    for (String store : stores.getOrDefault(record.partition().topic(), Set.of())) {
      StoreContent content = state.stores().get(store);
      if (content != null && content.byKey().hasPages()) {
        wanted.addAll(pages(content, bytes, record.record().timestamp()));
      }
    }
  }

  private static List<Long> pages(StoreContent content, Bytes key, long time) {
    PagedMap map = content.byKey();
    return content.timed()
        ? map.pagesOf(new TimedKey(key, time, Long.MIN_VALUE).encoded())
        : map.pagesOf(key);
  }
}
