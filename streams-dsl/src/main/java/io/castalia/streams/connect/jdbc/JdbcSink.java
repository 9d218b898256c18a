package io.castalia.streams.connect.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.castalia.streams.connect.BadRecordException;
import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SinkPlugin;
import io.castalia.streams.connect.SinkWriter;
import io.castalia.streams.connect.TaskContext;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.Done;

/**
 * {@code jdbc-sink}: records that are JSON objects to rows of a table, inserted or updated by their
 * key: a record that comes again changes nothing. A batch is a transaction.
 */
public final class JdbcSink implements SinkPlugin {
  private static final ConfigKey<String> TABLE = ConfigKey.text("table", "the table to write");
  private static final ConfigKey<List<String>> KEYS =
      ConfigKey.list("pk.columns", "the columns that tell rows apart");

  @Override
  public String type() {
    return "jdbc-sink";
  }

  @Override
  public String description() {
    return "topics' records to a table of a database";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Database.URL, Database.USER, Database.PASSWORD, TABLE, KEYS);
  }

  @Override
  public List<ConfigKey<?>> optional() {
    return List.of(Database.USER, Database.PASSWORD);
  }

  @Override
  public SinkWriter open(TaskContext task) {
    return new Writer(task);
  }

  private record Writer(TaskContext task) implements SinkWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The classes of SQL states that blame the data, not the moment. */
    private static final List<String> BAD_DATA = List.of("22", "23");

    @Override
    public CompletionStage<Done> write(List<ConsumerRecord<byte[], byte[]>> records) {
      return Blocking.run(task.system(), () -> put(records));
    }

    private Done put(List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
      try (Connection connection = Database.connect(task.config())) {
        connection.setAutoCommit(false);
        TableWriter table =
            new TableWriter(connection, task.config().get(TABLE), task.config().get(KEYS));
        try {
          for (ConsumerRecord<byte[], byte[]> each : records) {
            put(table, each);
          }
          connection.commit();
        } catch (SQLException | RuntimeException e) {
          // Left open, some databases commit it.
          connection.rollback();
          throw e;
        }
        return Done.getInstance();
      }
    }

    private static void put(TableWriter table, ConsumerRecord<byte[], byte[]> record)
        throws SQLException {
      try {
        table.put(parse(record));
      } catch (SQLException e) {
        String state = e.getSQLState();
        if (state != null && BAD_DATA.stream().anyMatch(state::startsWith)) {
          throw new BadRecordException(
              "expected a row that the table takes, but: " + e.getMessage(), e);
        }
        throw e;
      }
    }

    private static JsonNode parse(ConsumerRecord<byte[], byte[]> record) {
      byte[] value = record.value();
      try {
        JsonNode tree = value == null ? MAPPER.nullNode() : MAPPER.readTree(value);
        if (tree.isObject()) {
          return tree;
        }
        throw new BadRecordException("expected a JSON object, but it was " + tree);
      } catch (IOException e) {
        throw new BadRecordException("expected a JSON object, but: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      // Each batch has a connection of its own.
    }
  }
}
