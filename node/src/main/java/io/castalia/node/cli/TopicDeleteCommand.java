package io.castalia.node.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete topics with all their records.")
final class TopicDeleteCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "The topics' names.")
  private List<String> topics = List.of();

  @Option(names = "--if-exists", description = "Succeed if a topic is not there.")
  private boolean ifExists;

  TopicDeleteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (Admin admin = bootstrap.admin()) {
      for (var deletion : admin.deleteTopics(topics).topicNameValues().entrySet()) {
        report(deletion.getKey(), deletion.getValue());
      }
    }
    return ExitCode.OK;
  }

  private void report(String topic, KafkaFuture<Void> deletion)
      throws ExecutionException, InterruptedException {
    try {
      deletion.get();
      console.out().printf("Deleted topic \"%s\".%n", topic);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
      if (!ifExists) {
        throw new CommandFailure("there is no topic \"" + topic + "\"");
      }
      console.out().printf("There is no topic \"%s\".%n", topic);
    }
    console.out().flush();
  }
}
