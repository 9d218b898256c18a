package io.castalia.bench.overload;

import java.util.Locale;

/**
 * What a crowd of producers had in a time.
 *
 * @param producers how many they were
 * @param acknowledged records, all in all, those of the end included
 * @param perSecond records acknowledged a second while all were at work
 * @param failed records that were refused or given up
 * @param longestStallMillis the longest time in which nobody had an acknowledgement
 */
record CrowdResult(
    int producers, long acknowledged, double perSecond, long failed, double longestStallMillis) {

  String format(String what) {
    return String.format(
        Locale.ROOT,
        "%-64s %9.0f records/s, longest stall %6.0f ms, %d failed",
        what,
        perSecond,
        longestStallMillis,
        failed);
  }
}
