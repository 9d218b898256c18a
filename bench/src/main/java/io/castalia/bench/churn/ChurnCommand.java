package io.castalia.bench.churn;

import io.castalia.bench.load.Load;
import io.castalia.bench.load.SeedOption;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import io.castalia.bench.topology.Topology;
import io.castalia.bench.topology.TopologyKind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code castalia-bench churn}. */
@Command(
    name = "churn",
    description =
        "Has members of a group come, go, die and stand still under load, and checks what the group"
            + " makes of it.")
public final class ChurnCommand implements Callable<Integer> {

  private final PrintStream out = System.out;

  @Option(
      names = "--protocols",
      split = ",",
      converter = ByLabel.class,
      description =
          "Of range, round-robin, sticky, cooperative-sticky and consumer. Default: all of them.")
  private Protocol[] protocols = Protocol.values();

  @Option(
      names = "--seconds",
      description = "How long each goes on. Default: ${DEFAULT-VALUE}, which is ten minutes.")
  private int seconds = 600;

  @Option(names = "--members", description = "About how many. Default: ${DEFAULT-VALUE}.")
  private int members = 10;

  @Option(names = "--partitions", description = "Default: ${DEFAULT-VALUE}.")
  private int partitions = 100;

  @Option(names = "--rate", description = "Records per second in all. Default: ${DEFAULT-VALUE}.")
  private int rate = 400;

  @Option(
      names = "--broker-kills",
      description = "One of so many changes is a kill of the broker. Default: none.")
  private int brokerKills;

  @Mixin private SeedOption seeds = new SeedOption();

  @Option(names = "--topology", description = "What runs: ${COMPLETION-CANDIDATES}.")
  private TopologyKind kind = TopologyKind.EMBEDDED;

  @Override
  public Integer call() {
    seeds.announce(out);
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("churn"));
    List<ChurnReport> reports = new ArrayList<>();
    try (Topology topology = kind.in(work, MemberSettings.FOR_BROKER)) {
      topology.start();
      for (Protocol protocol : protocols) {
        Load load =
            new Load("churn-" + protocol.label(), partitions, 2, rate / 2, 100, seeds.value());
        ChurnProof.Churn churn =
            new ChurnProof.Churn(protocol, members, Duration.ofSeconds(seconds), brokerKills);
        reports.add(new ChurnProof(topology, load, churn, out).run(work));
        out.println(reports.get(reports.size() - 1));
      }
    }
    out.print(ChurnReport.HEADER);
    reports.forEach(report -> out.print(report.row()));
    return reports.stream().allMatch(ChurnReport::holds) ? 0 : 1;
  }

  /** Protocols as reports name them. */
  static final class ByLabel implements ITypeConverter<Protocol> {
    @Override
    public Protocol convert(String value) {
      String label = value.toLowerCase(Locale.ROOT).replace('_', '-');
      return Arrays.stream(Protocol.values())
          .filter(protocol -> protocol.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(expectation(value)));
    }

    private static String expectation(String value) {
      List<String> labels = Arrays.stream(Protocol.values()).map(Protocol::label).toList();
      return "expected one of %s, but it was '%s'".formatted(labels, value);
    }
  }
}
