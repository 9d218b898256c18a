package io.castalia.persistence.embedded.child;

/**
 * What a table has on disk.
 *
 * @param deletions of partitions that Cassandra still remembers
 * @param partitions as Cassandra estimates them, deleted ones included
 * @param bytes of all files, deleted rows included
 */
record TableFigures(double deletions, long partitions, long bytes) {
  static final TableFigures NONE = new TableFigures(0, 0, 0);

  /** About how many bytes lie in partitions that were deleted since an earlier look. */
  long deletedSince(TableFigures earlier) {
    double deleted = Math.max(0, deletions - earlier.deletions);
    return partitions == 0 ? 0 : (long) Math.min((double) bytes, deleted * bytes / partitions);
  }
}
