package io.castalia.bench;

import io.castalia.bench.churn.ChurnCommand;
import io.castalia.bench.cluster.ClusterCommand;
import io.castalia.bench.compare.CompareCommand;
import io.castalia.bench.crash.CrashCommand;
import io.castalia.bench.disk.FullDiskCommand;
import io.castalia.bench.groups.GroupsCommand;
import io.castalia.bench.groups.GroupsProfileCommand;
import io.castalia.bench.measure.MeasureCommand;
import io.castalia.bench.memory.MemoryCommand;
import io.castalia.bench.overload.GrowthCommand;
import io.castalia.bench.overload.OverloadCommand;
import io.castalia.bench.profile.ProfileCommand;
import io.castalia.bench.streams.StreamsCommand;
import io.castalia.bench.visits.VisitsCommand;
import io.castalia.bench.wide.WideCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line of the proofs and measurements. */
@Command(
    name = "castalia-bench",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Proofs and measurements of Castalia, with Kafka as the peer.",
    subcommands = {
      CompareCommand.class,
      CrashCommand.class,
      ChurnCommand.class,
      ClusterCommand.class,
      FullDiskCommand.class,
      GrowthCommand.class,
      GroupsCommand.class,
      MemoryCommand.class,
      MeasureCommand.class,
      OverloadCommand.class,
      StreamsCommand.class,
      VisitsCommand.class,
      WideCommand.class,
      ProfileCommand.class,
      GroupsProfileCommand.class
    })
public final class CastaliaBench {

  private CastaliaBench() {}

  /** Runs one command; the exit code says whether what it proves holds. */
  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new CastaliaBench()).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(arguments));
  }
}
