package io.castalia.bench.memory;

/**
 * A node's memory at one moment.
 *
 * @param passedBytes of records that producers had acknowledged by then
 * @param residentBytes of the node's process
 * @param liveHeapBytes of objects that survived a full collection
 */
record MemorySample(long passedBytes, long residentBytes, long liveHeapBytes) {

  @Override
  public String toString() {
    return String.format(
        "%5.2f GB passed: resident %6.1f MB, live heap %6.1f MB",
        passedBytes / 1e9, residentBytes / 1e6, liveHeapBytes / 1e6);
  }
}
