package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long the store waits.
 *
 * @param connect for Cassandra to answer at start
 * @param request for a small read or a write
 * @param bulkRead for one page of payload
 * @param compareAndSet for a conditional write or a linearizable read
 */
public record CassandraTimeouts(
    Duration connect, Duration request, Duration bulkRead, Duration compareAndSet) {

  static CassandraTimeouts from(Config config) {
    return new CassandraTimeouts(
        config.getDuration("connect"),
        config.getDuration("request"),
        config.getDuration("bulk-read"),
        config.getDuration("compare-and-set"));
  }
}
