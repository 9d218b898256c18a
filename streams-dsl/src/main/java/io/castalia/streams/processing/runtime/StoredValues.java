package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.StoreViews;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.pages.PageSource;
import io.castalia.streams.processing.pages.PageUnavailableException;
import io.castalia.streams.processing.runtime.TaskCommand.GetValues;
import io.castalia.streams.processing.runtime.TaskReply.NotTold;
import io.castalia.streams.processing.runtime.TaskReply.StoredValue;
import io.castalia.streams.processing.runtime.TaskReply.ValuesTold;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.pekko.util.ByteString;

/** Answers what a task's stores hold. */
final class StoredValues {
  private StoredValues() {}

  static TaskReply answer(SubTopology part, TaskState state, PageSource pages, GetValues ask) {
    if (!part.stores().containsKey(ask.store())) {
      return new NotTold(
          "expected one of the stores %s, but it was \"%s\""
              .formatted(part.stores().keySet(), ask.store()),
          false);
    }
    try {
      return told(
          new StoreViews(part, state, pages)
              .raw(ask.store(), Bytes.wrap(ask.key().toArray()), ask.from(), ask.to()));
    } catch (PageUnavailableException e) {
      return new NotTold(String.valueOf(e.getMessage()), true);
    }
  }

  private static ValuesTold told(List<StoreViews.RawValue> found) {
    return new ValuesTold(
        found.stream()
            .map(
                raw ->
                    new StoredValue(
                        raw.time(), raw.number(), ByteString.fromArrayUnsafe(raw.value().get())))
            .toList());
  }
}
