package io.castalia.node.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete groups without members, with their offsets.")
final class GroupDeleteCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(arity = "1..*", paramLabel = "GROUP", description = "The groups' names.")
  private List<String> groups = List.of();

  GroupDeleteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (Admin admin = bootstrap.admin()) {
      for (var deletion : admin.deleteConsumerGroups(groups).deletedGroups().entrySet()) {
        report(deletion.getKey(), deletion.getValue());
      }
    }
    return ExitCode.OK;
  }

  private void report(String group, KafkaFuture<Void> deletion)
      throws ExecutionException, InterruptedException {
    try {
      UnknownGroup.orResult(deletion, group);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupNotEmptyException) {
        throw new CommandFailure("group \"" + group + "\" has members; stop them first");
      }
      throw e;
    }
    console.out().printf("Deleted group \"%s\".%n", group);
    console.out().flush();
  }
}
