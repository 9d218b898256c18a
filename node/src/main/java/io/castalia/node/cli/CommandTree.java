package io.castalia.node.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** All commands, put together. */
final class CommandTree {
  private CommandTree() {}

  static CommandLine of(Console console) {
    CommandLine root = new CommandLine(new CastaliaCommand());
    root.addSubcommand(new StartCommand(console));
    root.addSubcommand(topic(console));
    root.addSubcommand(
        new CommandLine(new ClusterCommand()).addSubcommand(new ClusterStatusCommand(console)));
    root.addSubcommand(group(console));
    root.addSubcommand(connector(console));
    root.addSubcommand(
        new CommandLine(new ProcessingCommand())
            .addSubcommand(new ProcessingStatusCommand(console))
            .addSubcommand(new ProcessingResetCommand(console, Clock.systemUTC())));
    root.addSubcommand(new ProduceCommand(console));
    root.addSubcommand(new ConsumeCommand(console, Clock.systemUTC()));
    root.addSubcommand(new CassandraCommand(console));
    root.addSubcommand(new SchemaCommand(console));
    root.addSubcommand(new CommandLine.HelpCommand());

    boolean colours = console.outIsTerminal() && System.getenv("NO_COLOR") == null;
    root.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
    root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    root.setExecutionExceptionHandler(new FailureHandler(console.err()));
    root.setParameterExceptionHandler(new UsageHandler(console.err()));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setUsageHelpAutoWidth(false);
    return root;
  }

  private static CommandLine topic(Console console) {
    return new CommandLine(new TopicCommand())
        .addSubcommand(new TopicCreateCommand(console))
        .addSubcommand(new TopicListCommand(console))
        .addSubcommand(new TopicDescribeCommand(console))
        .addSubcommand(new TopicAlterCommand(console))
        .addSubcommand(new TopicDeleteCommand(console));
  }

  private static CommandLine group(Console console) {
    return new CommandLine(new GroupCommand())
        .addSubcommand(new GroupListCommand(console))
        .addSubcommand(new GroupDescribeCommand(console))
        .addSubcommand(new GroupResetCommand(console, Clock.systemUTC()))
        .addSubcommand(new GroupDeleteCommand(console));
  }

  private static CommandLine connector(Console console) {
    CommandLine connector =
        new CommandLine(new ConnectorCommand())
            .addSubcommand(new ConnectorCreateCommand(console))
            .addSubcommand(new ConnectorAlterCommand(console))
            .addSubcommand(new ConnectorListCommand(console))
            .addSubcommand(new ConnectorStatusCommand(console))
            .addSubcommand(new ConnectorKindsCommand(console));
    ConnectorChangeCommand.addAll(console, connector);
    return connector;
  }
}
