package io.castalia.streams.connect.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConnectorConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which cluster of Cassandra, which of its tables, and as whom. */
final class ClusterAccess {
  static final ConfigKey<List<InetSocketAddress>> CONTACT_POINTS =
      ConfigKey.of(
          "cassandra.contact.points",
          "HOST:PORT, several between commas",
          ClusterAccess::addresses,
          "some nodes of the cluster");
  static final ConfigKey<String> DATACENTER =
      ConfigKey.text("cassandra.datacenter", "the data centre whose nodes are asked")
          .withDefault("datacenter1");
  static final ConfigKey<String> USER = ConfigKey.text("cassandra.user", "the role to connect as");
  static final ConfigKey<String> PASSWORD =
      ConfigKey.password("cassandra.password", "the role's password");
  static final ConfigKey<String> TABLE =
      ConfigKey.of(
          "cassandra.table",
          "KEYSPACE.TABLE",
          text -> Optional.of(text.strip()).filter(each -> each.matches("\\w+\\.\\w+")),
          "the table");

  private static final Pattern ADDRESS = Pattern.compile("([^\\s:]+):(\\d{1,5})");

  /** Longer than Cassandra itself gives a question over a range of tokens. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

  private ClusterAccess() {}

  private static Optional<List<InetSocketAddress>> addresses(String text) {
    List<Matcher> parts =
        Arrays.stream(text.split(",", -1)).map(each -> ADDRESS.matcher(each.strip())).toList();
    return parts.stream().allMatch(Matcher::matches)
        ? Optional.of(parts.stream().map(ClusterAccess::address).toList())
        : Optional.empty();
  }

  private static InetSocketAddress address(Matcher part) {
    return InetSocketAddress.createUnresolved(part.group(1), Integer.parseInt(part.group(2)));
  }

  /** A session, for the caller to close. Blocks until it is connected. */
  static CqlSession connect(ConnectorConfig config) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_TIMEOUT)
                    .build())
            .addContactPoints(
                config.get(CONTACT_POINTS).stream()
                    .map(each -> new InetSocketAddress(each.getHostString(), each.getPort()))
                    .toList())
            .withLocalDatacenter(config.get(DATACENTER));
    config
        .find(USER)
        .ifPresent(user -> builder.withAuthCredentials(user, config.find(PASSWORD).orElse("")));
    return builder.build();
  }
}
