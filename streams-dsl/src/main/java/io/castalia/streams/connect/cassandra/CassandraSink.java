package io.castalia.streams.connect.cassandra;

import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SinkPlugin;
import io.castalia.streams.connect.SinkWriter;
import io.castalia.streams.connect.TaskContext;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code cassandra-sink}: records that are JSON objects to rows of a table, by {@code INSERT JSON}:
 * a record that comes again writes the same row again. Fields that an object does not have stay as
 * they are.
 */
public final class CassandraSink implements SinkPlugin {
  static final ConfigKey<List<InetSocketAddress>> CONTACT_POINTS =
      ConfigKey.of(
          "cassandra.contact.points",
          "HOST:PORT, several between commas",
          CassandraSink::addresses,
          "some nodes of the cluster");
  static final ConfigKey<String> DATACENTER =
      ConfigKey.text("cassandra.datacenter", "the data centre whose nodes are asked")
          .withDefault("datacenter1");
  static final ConfigKey<String> USER = ConfigKey.text("cassandra.user", "the role to connect as");
  static final ConfigKey<String> PASSWORD =
      ConfigKey.text("cassandra.password", "the role's password");
  static final ConfigKey<String> TABLE =
      ConfigKey.of(
          "cassandra.table",
          "KEYSPACE.TABLE",
          text -> Optional.of(text.strip()).filter(each -> each.matches("\\w+\\.\\w+")),
          "the table to write");

  private static final Pattern ADDRESS = Pattern.compile("([^\\s:]+):(\\d{1,5})");

  private static Optional<List<InetSocketAddress>> addresses(String text) {
    List<Matcher> parts =
        Arrays.stream(text.split(",", -1)).map(each -> ADDRESS.matcher(each.strip())).toList();
    return parts.stream().allMatch(Matcher::matches)
        ? Optional.of(parts.stream().map(CassandraSink::address).toList())
        : Optional.empty();
  }

  private static InetSocketAddress address(Matcher part) {
    return InetSocketAddress.createUnresolved(part.group(1), Integer.parseInt(part.group(2)));
  }

  @Override
  public String type() {
    return "cassandra-sink";
  }

  @Override
  public String description() {
    return "topics' records to a table of Apache Cassandra";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(CONTACT_POINTS, DATACENTER, USER, PASSWORD, TABLE);
  }

  @Override
  public List<ConfigKey<?>> optional() {
    return List.of(USER, PASSWORD);
  }

  @Override
  public SinkWriter open(TaskContext task) {
    return new RowWriter(task);
  }
}
