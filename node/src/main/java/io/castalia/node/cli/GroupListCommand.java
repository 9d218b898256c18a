package io.castalia.node.cli;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "List the groups, one a line: name, state, type and protocol, between tabs.")
final class GroupListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  GroupListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (Admin admin = bootstrap.admin()) {
      List<GroupListing> groups =
          admin.listGroups().all().get().stream()
              .sorted(Comparator.comparing(GroupListing::groupId))
              .toList();
      groups.forEach(this::print);
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(GroupListing group) {
    console
        .out()
        .printf(
            "%s\t%s\t%s\t%s%n",
            group.groupId(),
            group.groupState().orElse(GroupState.UNKNOWN),
            group.type().orElse(GroupType.UNKNOWN),
            group.protocol().isEmpty() ? "-" : group.protocol());
  }
}
