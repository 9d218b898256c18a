package io.castalia.bench.disk;

import io.castalia.bench.load.Load;
import io.castalia.bench.load.SeedOption;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code castalia-bench full-disk}. */
@Command(
    name = "full-disk",
    description = {
      "Fills the disk of a node under load, frees it, and checks what is left.",
      "The disk is a small one in memory, for which it takes Linux and root; else it ends with 2."
    })
public final class FullDiskCommand implements Callable<Integer> {

  private static final int NOT_PERMITTED = 2;
  private static final int RESERVE_MIB = 160;

  private final PrintStream out = System.out;

  @Option(names = "--disk", description = "Its size in MiB. Default: ${DEFAULT-VALUE}.")
  private int mebibytes = 900;

  @Mixin private SeedOption seeds = new SeedOption();

  @Option(names = "--producers", description = "Default: ${DEFAULT-VALUE}.")
  private int producers = 4;

  @Option(
      names = "--rate",
      description = "Records per second and producer. Default: ${DEFAULT-VALUE}.")
  private int rate = 500;

  @Override
  public Integer call() {
    seeds.announce(out);
    Path directory = ProjectPaths.work().resolve("full-disk");
    SmallDisk.release(directory.resolve("data"));
    Path work = WorkDirectory.fresh(directory);
    try (SmallDisk disk = SmallDisk.mount(work.resolve("data"), mebibytes);
        CastaliaNode node = CastaliaNode.configured(work, configuration())) {
      Load load = new Load("full-disk", 4, producers, rate, 8_000, seeds.value());
      FullDiskReport report =
          new FullDiskProof(disk, node, (long) RESERVE_MIB << 20, load, out).run();
      out.println(report);
      return report.holds() ? 0 : 1;
    } catch (SmallDisk.NotPermittedException e) {
      System.err.println(e.getMessage());
      return NOT_PERMITTED;
    }
  }

  /** A commit log that leaves room for records on so small a disk. */
  private static List<String> configuration() {
    return List.of(
        "castalia.persistence.embedded-cassandra {",
        "  disk-reserve = " + RESERVE_MIB + " MiB",
        "  yaml.commitlog_total_space = 192MiB",
        "}");
  }
}
