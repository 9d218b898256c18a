package io.castalia.streams.connect;

import io.castalia.streams.connect.cassandra.CassandraSink;
import io.castalia.streams.connect.cassandra.CassandraSource;
import io.castalia.streams.connect.file.FileSink;
import io.castalia.streams.connect.file.FileSource;
import io.castalia.streams.connect.http.HttpSink;
import io.castalia.streams.connect.http.HttpSource;
import io.castalia.streams.connect.jdbc.JdbcSink;
import io.castalia.streams.connect.jdbc.JdbcSource;
import io.castalia.streams.connect.mirror.MirrorSink;
import io.castalia.streams.connect.mirror.MirrorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The connectors in the box, and those that are found on the class path. */
public final class BuiltInPlugins {
  private BuiltInPlugins() {}

  /**
   * All plugins: those of this package and any that a jar names in {@code
   * META-INF/services/io.castalia.streams.connect.ConnectorPlugin}.
   */
  public static PluginTable table() {
    List<ConnectorPlugin> all =
        new ArrayList<>(
            List.of(
                new CassandraSink(),
                new CassandraSource(),
                new FileSource(),
                new FileSink(),
                new HttpSource(),
                new HttpSink(),
                new JdbcSource(),
                new JdbcSink(),
                new MirrorSource(),
                new MirrorSink()));
    ServiceLoader.load(ConnectorPlugin.class).forEach(all::add);
    return PluginTable.of(all);
  }
}
