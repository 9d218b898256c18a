package io.castalia.node.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create a topic.")
final class TopicCreateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(paramLabel = "TOPIC", description = "The topic's name.")
  private String topic = "";

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "How many partitions (default: the node's num.partitions).")
  private Optional<Integer> partitions = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "NAME=VALUE",
      description = "A topic configuration by Kafka's name, such as retention.ms; repeatable.")
  private Map<String, String> configs = new LinkedHashMap<>();

  @Option(names = "--if-not-exists", description = "Succeed if the topic is there already.")
  private boolean ifNotExists;

  TopicCreateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    NewTopic wanted = new NewTopic(topic, partitions, Optional.empty()).configs(configs);
    try (Admin admin = bootstrap.admin()) {
      var result = admin.createTopics(List.of(wanted));
      result.all().get();
      console
          .out()
          .printf(
              "Created topic \"%s\" with %d partitions.%n",
              topic, result.numPartitions(topic).get());
    } catch (ExecutionException e) {
      if (!(ifNotExists && e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      console.out().printf("Topic \"%s\" exists already.%n", topic);
    }
    console.out().flush();
    return ExitCode.OK;
  }
}
