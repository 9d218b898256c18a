package io.castalia.node;

import com.typesafe.config.Config;
import java.util.Set;

/**
 * Where Kafka clients are told to connect.
 *
 * @param host a name or address that clients can reach
 * @param port 0: the port that the gateway listens on
 */
public record AdvertisedAddress(String host, int port) {
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  public AdvertisedAddress {
    SettingsCheck.port("castalia.kafka.advertised-port", port);
    if (isNone(host)) {
      throw new SettingsException(
          "expected castalia.kafka.advertised-host to be set, since clients cannot connect to"
              + " castalia.kafka.host \"%s\"".formatted(host));
    }
  }

  /** Whether this is no address that others could connect to. */
  static boolean isNone(String host) {
    return host.isBlank() || WILDCARDS.contains(host);
  }

  /** Reads {@code castalia.kafka}. */
  static AdvertisedAddress of(Config kafka) {
    String own = kafka.getString("advertised-host");
    return new AdvertisedAddress(
        own.isEmpty() ? kafka.getString("host") : own, kafka.getInt("advertised-port"));
  }

  AdvertisedAddress withPort(int listening) {
    return port == 0 ? new AdvertisedAddress(host, listening) : this;
  }
}
