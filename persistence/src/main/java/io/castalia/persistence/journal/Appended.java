package io.castalia.persistence.journal;

import io.castalia.persistence.store.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** The rows that one append has written and that wait to be verified. */
final class Appended {
  private final List<Row> rows = new ArrayList<>();

  void add(StoredEntry entry, EntryDraft draft) {
    rows.add(new Row(entry, draft.bulk()));
  }

  void tell(int epoch, AppendListener listener) {
    rows.forEach(row -> listener.appended(epoch, row.entry(), row.bulk()));
  }

  private record Row(StoredEntry entry, ByteString bulk) {}
}
