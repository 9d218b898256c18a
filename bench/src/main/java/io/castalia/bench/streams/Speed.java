package io.castalia.bench.streams;

import io.castalia.bench.applications.Work;

/**
 * One round of an application that works off what waits for it, once it is warm.
 *
 * @param platform its name
 * @param recordsPerSecond of input
 * @param serverCpuMicros of the servers' processor time for each record of input
 * @param applicationCpuMicros of the application's processor time for each record of input
 * @param applicationPeakBytes of memory that the application had, at most
 */
record Speed(
    Work work,
    String platform,
    double recordsPerSecond,
    double serverCpuMicros,
    double applicationCpuMicros,
    long applicationPeakBytes) {}
