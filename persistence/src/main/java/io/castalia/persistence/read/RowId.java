package io.castalia.persistence.read;

/** Names a row for ever: what it holds never changes. */
record RowId(String log, long segment, long sequence) {
  static RowId of(String log, Row row) {
    return new RowId(log, row.segment(), row.sequence());
  }
}
