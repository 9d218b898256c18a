package io.castalia.bench.compare;

/**
 * How a topic is read.
 *
 * @param readers at once, each of which reads all of it
 * @param records that the topic has
 * @param times that each reader reads it
 */
record Reading(int readers, long records, int times) {
  long all() {
    return readers * records * times;
  }
}
