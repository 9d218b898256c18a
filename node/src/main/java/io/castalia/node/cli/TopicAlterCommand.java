package io.castalia.node.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "alter", description = "Add partitions to a topic, or change its configuration.")
final class TopicAlterCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(paramLabel = "TOPIC", description = "The topic's name.")
  private String topic = "";

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Grow the topic to this many partitions.")
  private Optional<Integer> partitions = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "NAME=VALUE",
      description = "Set a configuration by Kafka's name; repeatable.")
  private Map<String, String> configs = new LinkedHashMap<>();

  @Option(
      names = "--delete-config",
      paramLabel = "NAME",
      description = "Return a configuration to its default; repeatable.")
  private List<String> deleted = new ArrayList<>();

  TopicAlterCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    List<AlterConfigOp> changes = changes();
    if (partitions.isEmpty() && changes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected --partitions, --config or --delete-config");
    }
    try (Admin admin = bootstrap.admin()) {
      if (!changes.isEmpty()) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
      }
      if (partitions.isPresent()) {
        NewPartitions wanted = NewPartitions.increaseTo(partitions.get());
        admin.createPartitions(Map.of(topic, wanted)).all().get();
      }
    }
    console.out().printf("Altered topic \"%s\".%n", topic);
    console.out().flush();
    return ExitCode.OK;
  }

  private List<AlterConfigOp> changes() {
    List<AlterConfigOp> changes = new ArrayList<>();
    configs.forEach(
        (name, value) -> changes.add(new AlterConfigOp(new ConfigEntry(name, value), OpType.SET)));
    deleted.forEach(
        name -> changes.add(new AlterConfigOp(new ConfigEntry(name, ""), OpType.DELETE)));
    return changes;
  }
}
