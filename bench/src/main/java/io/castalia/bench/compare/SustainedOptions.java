package io.castalia.bench.compare;

import picocli.CommandLine.Option;

/** How long the load of that name lasts and how much it keeps. */
final class SustainedOptions {

  @Option(
      names = "--sustained-seconds",
      description =
          "How long a round of sustained-1k lasts, exactly. Default: ${DEFAULT-VALUE}, ten"
              + " minutes.")
  int seconds = 600;

  @Option(
      names = "--sustained-kept-mib",
      description =
          "How much of each of its four partitions is kept (retention.bytes), in MiB. Default:"
              + " ${DEFAULT-VALUE}.")
  int keptMebibytes = 2048;
}
