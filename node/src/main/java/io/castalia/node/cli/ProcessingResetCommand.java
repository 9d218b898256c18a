package io.castalia.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "reset",
    description = {
      "Have an application begin anew when it is started next; it must be stopped.",
      "Its state is forgotten, and what is left in its own topics is passed over."
    })
final class ProcessingResetCommand implements Callable<Integer> {
  private static final String ROW = "  %-24s %9s %12s%n";

  private final Console console;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AdminEndpoint admin = new AdminEndpoint();

  @Parameters(paramLabel = "APPLICATION", description = "The application's id.")
  private String application = "";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "Begin this topic there; repeatable (default: all that it reads). Others are begun as"
              + " by a new application.")
  private List<String> topics = new ArrayList<>();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Target target = new Target();

  ProcessingResetCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode wanted = new ObjectMapper().createObjectNode();
    target.offset().ifPresent(each -> wanted.putObject("to").put("offset", each));
    target
        .time(clock, spec)
        .ifPresent(each -> wanted.putObject("to").put("time", each.toEpochMilli()));
    if (target.isEarliest() || target.isLatest()) {
      wanted.put("to", target.isEarliest() ? "earliest" : "latest");
    }
    ArrayNode named = wanted.putArray("topics");
    topics.forEach(named::add);
    JsonNode told =
        admin.send("POST", AdminEndpoint.processing(application, "/reset"), wanted.toString());
    console
        .out()
        .printf("Reset application \"%s\"; it begins anew when it is started.%n", application);
    console.out().printf(ROW, "topic", "partition", "to");
    told.path("places").forEach(this::print);
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(JsonNode each) {
    console
        .out()
        .printf(
            ROW,
            each.path("topic").asText(),
            each.path("partition").asInt(),
            each.path("offset").asLong());
  }
}
