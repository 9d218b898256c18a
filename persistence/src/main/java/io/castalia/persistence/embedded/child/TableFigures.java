package io.castalia.persistence.embedded.child;

/**
 * What a table has on disk.
 *
 * @param deletions of segments that Cassandra still remembers
 * @param segments estimated, with those whose deletion is remembered
 * @param bytes of all files, deleted rows included
 */
record TableFigures(double deletions, double segments, long bytes) {
  static final TableFigures NONE = new TableFigures(0, 0, 0);

  /** About how many bytes lie in segments that were deleted since an earlier look. */
  long deletedSince(TableFigures earlier) {
    double deleted = Math.max(0, deletions - earlier.deletions);
    // Those that were deleted before have no bytes any more.
    double withBytes = Math.max(deleted, segments - earlier.deletions);
    return deleted == 0 ? 0 : (long) (deleted * bytes / withBytes);
  }
}
