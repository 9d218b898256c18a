package io.castalia.bench.streams;

/**
 * One application that was killed and started again.
 *
 * @param platform its name
 * @param stateBytes keys and values of its state
 * @param buildSeconds from its first start until it had the state
 * @param readySeconds from its start after the kill until it said that it is at work
 * @param resumeSeconds from its start after the kill until all that had come meanwhile was done
 */
record Resumption(
    String platform,
    long stateBytes,
    double buildSeconds,
    double readySeconds,
    double resumeSeconds) {}
