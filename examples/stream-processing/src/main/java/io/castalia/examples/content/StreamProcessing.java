package io.castalia.examples.content;

import io.castalia.node.CastaliaNode;
import io.castalia.node.NodeSettings;
import io.castalia.node.SettingsSource;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: starts a node, runs the topology in it, and compares with a plain loop. */
@Command(
    name = "examples/stream-processing/run",
    mixinStandardHelpOptions = true,
    description = "Enriches and routes articles with a topology, on a node in this process.")
public final class StreamProcessing implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final PrintStream out = System.out;

  @Option(names = "--picture", description = "Draws the topology in Mermaid's language, only.")
  private boolean picture;

  /** Runs the command; the exit code says whether all articles are where they belong. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StreamProcessing()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    if (picture) {
      out.print(Routing.topology().describe().toMermaid());
      return 0;
    }
    Path directory = Files.createTempDirectory("castalia-example");
    CastaliaNode node =
        CastaliaNode.start(
            NodeSettings.of(SettingsSource.load(Optional.empty(), settings(directory))),
            progress -> {});
    try {
      return route(node, new Desk(node.address().host() + ":" + node.address().port())) ? 0 : 1;
    } finally {
      node.stop().toCompletableFuture().join();
      delete(directory);
    }
  }

  /** A node with nothing but memory: it is gone with this process. */
  private static Map<String, Object> settings(Path directory) {
    return Map.of(
        "castalia.data-dir",
        directory.toString(),
        "castalia.persistence.store",
        "in-memory",
        "castalia.kafka.port",
        0,
        "castalia.admin.port",
        -1);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private boolean route(CastaliaNode node, Desk desk)
      throws InterruptedException, ExecutionException {
    Content content = Content.shipped();
    desk.open();
    desk.publish(Routing.AUTHORS, content.authors());
    ProcessingApplication application =
        ProcessingApplication.start(
            node.system(),
            Routing.topology(),
            ProcessingSettings.create(node.system(), "routing")
                .withErrorPolicy(ErrorPolicy.deadLetter(Routing.REFUSED)));
    application.ready().toCompletableFuture().join();
    out.printf("Publishing %d articles%n", content.articles().size());
    desk.publish(Routing.ARTICLES, content.articles());
    Map<String, List<String>> routed = desk.await(content.articles().size(), PATIENCE);
    application.stop().toCompletableFuture().join();
    return report(routed, content.expected());
  }

  private boolean report(Map<String, List<String>> routed, Map<String, Integer> expected) {
    Map<String, Integer> counts = new TreeMap<>();
    routed.forEach(
        (route, articles) -> {
          counts.put(route, articles.size());
          out.printf("%n%s: %d%n", route, articles.size());
          articles.forEach(article -> out.println("    " + article));
        });
    boolean exact = counts.equals(expected);
    out.printf(
        "%n%s%n",
        exact
            ? "Exact: each article is where it belongs, once."
            : "NOT EXACT: expected " + expected + ", but it is " + counts);
    return exact;
  }
}
