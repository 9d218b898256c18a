package io.castalia.examples.activity;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: publishes the log, has both groups count it, and compares with a plain count. */
@Command(
    name = "examples/website-activity/run",
    mixinStandardHelpOptions = true,
    description = "Counts a website's pages and failures with two consumer groups.")
public final class WebsiteActivity implements Callable<Integer> {
  private static final int SHOWN = 5;
  private static final long LOOK_EVERY_MILLIS = 100;

  private final PrintStream out = System.out;

  @Option(names = "--bootstrap", description = "A node, HOST:PORT. Default: ${DEFAULT-VALUE}.")
  private String bootstrap = "127.0.0.1:9092";

  @Option(
      names = "--topic",
      description = "For the requests; others begin with its name. Default: ${DEFAULT-VALUE}.")
  private String topic = "website-activity";

  @Option(
      names = "--file",
      description = "An access log in Apache's format. Default: the one that comes with this.")
  private @Nullable Path file;

  /** Runs the command; the exit code says whether the totals are exact. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WebsiteActivity()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      return count() ? 0 : 1;
    } catch (ExecutionException e) {
      System.err.printf(
          "Expected a node at %s to serve this, but got: %s%n", bootstrap, e.getCause());
      return 1;
    }
  }

  /** Whether the totals are exact. */
  private boolean count() throws IOException, InterruptedException, ExecutionException {
    AccessLog log = file == null ? AccessLog.shipped() : AccessLog.of(file);
    Workload workload = Topics.ensure(bootstrap, topic);
    Publisher publisher = new Publisher(workload);
    Crew crew = Crew.start(workload);

    int half = log.size() / 2;
    out.printf("Publishing the first %d of %d requests to \"%s\"%n", half, log.size(), topic);
    publisher.publish(log.lines().subList(0, half));
    awaitCounted(workload, half / 2, crew);

    out.println("Killing all members of both groups, and starting them again");
    crew.crash();
    crew = Crew.start(workload);
    publisher.publish(log.lines());
    awaitCounted(workload, log.size(), crew);
    crew.stop();
    return report(workload, log);
  }

  private void awaitCounted(Workload workload, long requests, Crew crew)
      throws InterruptedException, ExecutionException {
    for (Question question : Question.values()) {
      String results = question.resultsTopic(workload.topic());
      try (Results counted = new Results(workload.bootstrap(), results)) {
        while (counted.total(workload.allPartitions()).next() < requests) {
          crew.check();
          Thread.sleep(LOOK_EVERY_MILLIS);
        }
      }
      out.printf("Group \"%s\" has counted at least %d%n", question.group(topic), requests);
    }
  }

  private boolean report(Workload workload, AccessLog log) {
    boolean exact = true;
    for (Question question : Question.values()) {
      String results = question.resultsTopic(workload.topic());
      try (Results counted = new Results(workload.bootstrap(), results)) {
        Tally total = counted.total(workload.allPartitions());
        out.printf(
            "%n%s: %d different, of %d requests%n", question, total.counts().size(), total.next());
        print(total.counts());
        exact &= total.counts().equals(log.count(question));
      }
    }
    out.printf(
        "%n%s%n",
        exact
            ? "Exact: a plain count over the file comes to the same."
            : "NOT EXACT: a plain count over the file comes to something else.");
    return exact;
  }

  private void print(Map<String, Long> counts) {
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .forEach(each -> out.printf("%8d  %s%n", each.getValue(), each.getKey()));
  }
}
