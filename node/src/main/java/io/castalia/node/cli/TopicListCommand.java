package io.castalia.node.cli;

import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the topics' names, one a line.")
final class TopicListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  TopicListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (Admin admin = bootstrap.admin()) {
      new TreeSet<>(admin.listTopics().names().get()).forEach(console.out()::println);
    }
    console.out().flush();
    return ExitCode.OK;
  }
}
