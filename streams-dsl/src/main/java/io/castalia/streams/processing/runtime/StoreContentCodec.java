package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.streams.processing.internal.StoreContent;
import io.castalia.streams.processing.pages.PageChange;
import io.castalia.streams.processing.pages.PageRef;
import io.castalia.streams.processing.pages.PagedMap;
import io.castalia.streams.processing.pages.Recent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** What a store holds in memory, and where its pages are, as bytes and back. */
final class StoreContentCodec {
  private static final short TIMED = 1;

  private StoreContentCodec() {}

  static void write(WireOutput out, StoreContent content) {
    out.int16(content.timed() ? TIMED : 0).int64(content.size()).int64(content.bytes());
    write(out, content.byKey());
    if (content.timed()) {
      write(out, content.byTime());
    }
  }

  static StoreContent read(WireInput in) {
    boolean timed = in.int16() == TIMED;
    long size = in.int64();
    long bytes = in.int64();
    PagedMap byKey = map(in);
    return new StoreContent(timed, size, bytes, byKey, timed ? map(in) : PagedMap.empty());
  }

  /** As it was written when all of it was in memory. */
  static StoreContent readWhole(WireInput in) {
    boolean timed = in.int16() == TIMED;
    Map<Bytes, Bytes> entries = new HashMap<>();
    for (int left = in.int32(); left > 0; left--) {
      entries.put(key(in), key(in));
    }
    return StoreContent.of(timed, entries);
  }

  private static void write(WireOutput out, PagedMap map) {
    recents(out, map::forEachActive);
    recents(out, map::forEachFrozen);
    refs(out, map.refs());
  }

  private static PagedMap map(WireInput in) {
    return PagedMap.of(recents(in), recents(in), refs(in));
  }

  private static void recents(WireOutput out, Consumer<BiConsumer<Bytes, Recent>> visit) {
    List<Map.Entry<Bytes, Recent>> all = new ArrayList<>();
    visit.accept((key, recent) -> all.add(Map.entry(key, recent)));
    out.list(
        all,
        entry -> {
          TaskStateCodec.bytes(out, entry.getKey());
          TaskStateCodec.bytes(out, entry.getValue().value());
          out.int16((short) (entry.getValue().covers() ? 1 : 0));
        });
  }

  private static List<Map.Entry<Bytes, Recent>> recents(WireInput in) {
    return in.list(() -> Map.entry(key(in), new Recent(TaskStateCodec.bytes(in), in.int16() == 1)));
  }

  private static void refs(WireOutput out, List<PageRef> refs) {
    out.list(
        refs,
        ref -> {
          TaskStateCodec.bytes(out, ref.first());
          out.list(ref.numbers(), out::int64);
        });
  }

  private static List<PageRef> refs(WireInput in) {
    return in.list(() -> new PageRef(key(in), in.list(in::int64)));
  }

  static void change(WireOutput out, PageChange change) {
    TaskStateCodec.bytes(out, change.upTo());
    out.list(change.removed(), first -> TaskStateCodec.bytes(out, first));
    refs(out, change.added());
  }

  static PageChange change(WireInput in) {
    @Nullable Bytes upTo = TaskStateCodec.bytes(in);
    return new PageChange(upTo, in.list(() -> key(in)), refs(in));
  }

  private static Bytes key(WireInput in) {
    return TaskStateCodec.known(TaskStateCodec.bytes(in));
  }
}
