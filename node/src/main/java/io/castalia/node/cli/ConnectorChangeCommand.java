package io.castalia.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One word to a connector: pause, resume, restart or delete. */
@Command
final class ConnectorChangeCommand implements Callable<Integer> {
  private final Console console;
  private final Change change;

  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  @Parameters(paramLabel = "NAME", description = "The connector's name.")
  private String name = "";

  private ConnectorChangeCommand(Console console, Change change) {
    this.console = console;
    this.change = change;
  }

  private enum Change {
    PAUSE("pause", "PUT", "/pause", "Paused", "Stop a connector's tasks until it is resumed."),
    RESUME("resume", "PUT", "/resume", "Resumed", "Have a paused connector's tasks run again."),
    RESTART("restart", "POST", "/restart", "Restarted", "Stop and start a connector's tasks."),
    DELETE(
        "delete",
        "DELETE",
        "",
        "Deleted",
        "Stop and forget a connector. Created again under its name, it goes on where it was.");

    private final String word;
    private final String method;
    private final String path;
    private final String done;
    private final String description;

    Change(String word, String method, String path, String done, String description) {
      this.word = word;
      this.method = method;
      this.path = path;
      this.done = done;
      this.description = description;
    }
  }

  static void addAll(Console console, CommandLine parent) {
    for (Change change : Change.values()) {
      CommandLine command = new CommandLine(new ConnectorChangeCommand(console, change));
      command.getCommandSpec().usageMessage().description(change.description);
      parent.addSubcommand(change.word, command);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    var unused = admin.send(change.method, AdminEndpoint.connector(name, change.path), "");
    console.out().printf("%s connector \"%s\".%n", change.done, name);
    console.out().flush();
    return ExitCode.OK;
  }
}
