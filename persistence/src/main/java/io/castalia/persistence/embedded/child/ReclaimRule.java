package io.castalia.persistence.embedded.child;

/**
 * When it pays to rewrite a table without its deleted rows. Rewriting costs what is left, so the
 * deleted part has to be large beside it: then a byte is rewritten about twice at most, and deleted
 * rows take at most a third of the disk.
 *
 * @param leastBytes that must be gained
 * @param leastShare of the table that must be gained
 */
record ReclaimRule(long leastBytes, double leastShare) {
  static final ReclaimRule AMPLE_SPACE = new ReclaimRule(256L << 20, 1 / 3.0);

  /** Anything is welcome that is worth a look at the files. */
  static final ReclaimRule SHORT_OF_SPACE = new ReclaimRule(16L << 20, 0);

  /**
   * Whether to rewrite.
   *
   * @param deleted bytes since the table was last rewritten
   * @param bytes of its files
   */
  boolean pays(long deleted, long bytes) {
    return deleted >= leastBytes && deleted >= leastShare * bytes;
  }
}
