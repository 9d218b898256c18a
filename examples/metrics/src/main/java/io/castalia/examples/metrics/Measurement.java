package io.castalia.examples.metrics;

/**
 * How busy a host was.
 *
 * @param time in milliseconds since the epoch
 * @param percent of its processors' time
 */
record Measurement(String host, long time, long percent) {}
