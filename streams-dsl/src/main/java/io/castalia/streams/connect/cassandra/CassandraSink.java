package io.castalia.streams.connect.cassandra;

import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SinkPlugin;
import io.castalia.streams.connect.SinkWriter;
import io.castalia.streams.connect.TaskContext;
import java.util.List;

/**
 * {@code cassandra-sink}: records that are JSON objects to rows of a table, by {@code INSERT JSON}:
 * a record that comes again writes the same row again. Fields that an object does not have stay as
 * they are.
 */
public final class CassandraSink implements SinkPlugin {
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
    return List.of(
        ClusterAccess.CONTACT_POINTS,
        ClusterAccess.DATACENTER,
        ClusterAccess.USER,
        ClusterAccess.PASSWORD,
        ClusterAccess.TABLE);
  }

  @Override
  public List<ConfigKey<?>> optional() {
    return List.of(ClusterAccess.USER, ClusterAccess.PASSWORD);
  }

  @Override
  public SinkWriter open(TaskContext task) {
    return new RowWriter(task);
  }
}
