package io.castalia.node.cli;

import com.typesafe.config.Config;
import io.castalia.node.NodeSettings;
import io.castalia.persistence.cassandra.CassandraSettings;
import io.castalia.persistence.cassandra.Schema;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
    name = "schema",
    description = "Print the schema as CQL, for operators who create it themselves.")
final class SchemaCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private NodeOptions options = new NodeOptions();

  SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Config config = NodeSettings.of(options.load(Map.of())).config();
    console
        .out()
        .print(
            Schema.cql(CassandraSettings.from(config.getConfig("castalia.persistence.cassandra"))));
    console.out().flush();
    return ExitCode.OK;
  }
}
