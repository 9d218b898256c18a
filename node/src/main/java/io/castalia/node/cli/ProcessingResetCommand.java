package io.castalia.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
  private Place place = new Place();

  ProcessingResetCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  /** Where to begin; exactly one of them. */
  static final class Place {
    @Option(names = "--to-earliest", required = true, description = "At the first records.")
    private boolean earliest;

    @Option(names = "--to-latest", required = true, description = "At the end: records to come.")
    private boolean latest;

    @Option(names = "--to-offset", required = true, paramLabel = "N", description = "At an offset.")
    private Optional<Long> offset = Optional.empty();

    @Option(
        names = "--to-time",
        required = true,
        paramLabel = "TIME",
        description =
            "At the first record since a time: 2026-01-31T12:00:00Z, 2026-01-31 or, ago, 10m.")
    private Optional<String> time = Optional.empty();

    private void write(ObjectNode wanted, Instant now) {
      offset.ifPresent(each -> wanted.putObject("to").put("offset", each));
      time.ifPresent(
          each -> wanted.putObject("to").put("time", TimeWords.since(each, now).toEpochMilli()));
      if (earliest || latest) {
        wanted.put("to", earliest ? "earliest" : "latest");
      }
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode wanted = new ObjectMapper().createObjectNode();
    try {
      place.write(wanted, clock.instant());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
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
