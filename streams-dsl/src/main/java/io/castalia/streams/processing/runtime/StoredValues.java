package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.StoreViews;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.pages.PageSource;
import io.castalia.streams.processing.pages.PageUnavailableException;
import io.castalia.streams.processing.runtime.TaskCommand.GetValues;
import io.castalia.streams.processing.runtime.TaskReply.EntriesTold;
import io.castalia.streams.processing.runtime.TaskReply.NotTold;
import io.castalia.streams.processing.runtime.TaskReply.StoredEntry;
import io.castalia.streams.processing.runtime.TaskReply.StoredValue;
import io.castalia.streams.processing.runtime.TaskReply.ValuesTold;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Bytes;
import org.apache.pekko.util.ByteString;

/** Answers what a task's stores hold. */
final class StoredValues {
  /** Of entries in one message, about. */
  private static final int PAGE_BYTES = 128 * 1024;

  private static final int ENTRY_OVERHEAD = 16;

  private StoredValues() {}

  static TaskReply answer(SubTopology part, TaskState state, PageSource pages, GetValues ask) {
    StoreQuestion question = ask.question();
    try {
      StoreViews.checked(part, question.store(), question.kind());
      StoreViews views = new StoreViews(part, state, pages);
      return question instanceof StoreQuestion.OfKey ofKey
          ? values(views, ofKey)
          : entries(views, (StoreQuestion.OfTask) question);
    } catch (PageUnavailableException e) {
      return new NotTold(String.valueOf(e.getMessage()), true);
    } catch (IllegalArgumentException e) {
      return new NotTold(String.valueOf(e.getMessage()), false);
    }
  }

  private static EntriesTold entries(StoreViews views, StoreQuestion.OfTask question) {
    AtomicInteger left = new AtomicInteger(PAGE_BYTES);
    StoreViews.RawEntries found =
        views.rawFrom(
            question.store(),
            Bytes.wrap(question.from().toArray()),
            entry -> left.addAndGet(-entry.size() - ENTRY_OVERHEAD) > 0);
    return new EntriesTold(
        found.entries().stream()
            .map(entry -> new StoredEntry(bytes(entry.key()), bytes(entry.value())))
            .toList(),
        found.next().map(StoredValues::bytes));
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.fromArrayUnsafe(bytes.get());
  }

  private static ValuesTold values(StoreViews views, StoreQuestion.OfKey question) {
    return new ValuesTold(
        views
            .raw(
                question.store(),
                Bytes.wrap(question.key().toArray()),
                question.from(),
                question.to())
            .stream()
            .map(raw -> new StoredValue(raw.time(), raw.number(), bytes(raw.value())))
            .toList());
  }
}
