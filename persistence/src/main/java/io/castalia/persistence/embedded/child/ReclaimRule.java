package io.castalia.persistence.embedded.child;

/**
 * When it pays to rewrite files without their deleted rows. Rewriting costs what is left, so the
 * deleted part has to be large beside it. Of the oldest file that is mostly so. For a table as a
 * whole, with a third of it deleted a byte is rewritten about twice at most, and deleted rows take
 * at most a third of the disk.
 *
 * @param leastBytes that must be gained
 * @param leastShare of the table that must be gained
 */
record ReclaimRule(long leastBytes, double leastShare) {
  static final ReclaimRule AMPLE_SPACE = new ReclaimRule(256L << 20, 1 / 3.0);

  /** Anything is welcome that is worth a look at the files. */
  static final ReclaimRule SHORT_OF_SPACE = new ReclaimRule(16L << 20, 0);

  /**
   * Whether to look for files of which most is deleted.
   *
   * @param deleted bytes that are still in files
   */
  boolean isWorthALook(long deleted) {
    return deleted >= leastBytes;
  }

  /**
   * Whether to go on with the next file.
   *
   * @param gained from the last one
   * @param bytes that it had
   */
  boolean goesOn(long gained, long bytes) {
    return 2 * gained >= bytes;
  }

  /**
   * How much must be deleted until a file is tried again that had to be kept for the most part: as
   * much more as was written again in vain, or else that would be done at every look.
   *
   * @param left bytes that are deleted and still in files
   * @param written bytes of the file that were not deleted
   */
  long nextTry(long left, long written) {
    return leastShare == 0 ? 0 : left + written;
  }

  /**
   * Whether to rewrite a table as a whole.
   *
   * @param deleted bytes that are still in its files
   * @param bytes of its files
   */
  boolean pays(long deleted, long bytes) {
    return deleted >= leastBytes && deleted >= leastShare * bytes;
  }
}
