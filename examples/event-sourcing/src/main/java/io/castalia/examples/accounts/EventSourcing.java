package io.castalia.examples.accounts;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: two tellers work on the same accounts; then the books are checked. */
@Command(
    name = "examples/event-sourcing/run",
    mixinStandardHelpOptions = true,
    description = "Keeps accounts as a log of events, with two writers at once.")
public final class EventSourcing implements Callable<Integer> {
  private static final int TELLERS = 2;

  private final PrintStream out = System.out;

  @Option(names = "--bootstrap", description = "A node, HOST:PORT. Default: ${DEFAULT-VALUE}.")
  private String bootstrap = "127.0.0.1:9092";

  @Option(
      names = "--topic",
      description = "For the events; snapshots go beside it. Default: ${DEFAULT-VALUE}.")
  private String topic = "accounts";

  @Option(
      names = "--changes",
      description = "How many each teller tries, before and after noon. Default: ${DEFAULT-VALUE}.")
  private int changes = 150;

  /** Runs the command; the exit code says whether the books are right. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EventSourcing()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      Topics.ensure(bootstrap, topic);
      return keepAccounts() ? 0 : 1;
    } catch (ExecutionException e) {
      System.err.printf(
          "Expected a node at %s to serve this, but got: %s%n", bootstrap, e.getCause());
      return 1;
    }
  }

  private boolean keepAccounts() throws InterruptedException, ExecutionException {
    try (Ledger books = new Ledger(bootstrap, topic, 0)) {
      Snapshot before = books.fromTheBeginning();
      Teller.Day day = work("Before noon", 0);
      books.fromTheBeginning();
      books.snapshot();
      out.println("A snapshot is taken; tellers of the afternoon begin with it");
      day = day.and(work("After noon", TELLERS));
      return check(before, day);
    }
  }

  private Teller.Day work(String when, int firstSeed)
      throws InterruptedException, ExecutionException {
    List<Ledger> ledgers = new ArrayList<>();
    List<Future<Teller.Day>> days = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(TELLERS);
    try {
      for (int i = 0; i < TELLERS; i++) {
        Ledger ledger = new Ledger(bootstrap, topic, 0);
        ledgers.add(ledger);
        days.add(threads.submit(new Teller(ledger, firstSeed + i, changes)));
      }
      Teller.Day all = new Teller.Day(0, 0, 0);
      for (Future<Teller.Day> each : days) {
        all = all.and(each.get());
      }
      out.printf(
          "%s: %d changes happened, %d were not covered, %d times another teller came first%n",
          when, all.done(), all.notCovered(), ledgers.stream().mapToLong(Ledger::conflicts).sum());
      return all;
    } finally {
      threads.shutdownNow();
      ledgers.forEach(Ledger::close);
    }
  }

  private boolean check(Snapshot before, Teller.Day day) {
    try (Ledger whole = new Ledger(bootstrap, topic, 0);
        Ledger quick = new Ledger(bootstrap, topic, 0)) {
      Snapshot books = whole.fromTheBeginning();
      boolean same = quick.fromSnapshot().equals(books);
      out.printf(
          "Rebuilt from %d events, and from the snapshot and %d: %s%n",
          whole.eventsRead(), quick.eventsRead(), same ? "the same" : "NOT THE SAME");
      new TreeMap<>(books.accounts())
          .forEach(
              (name, account) ->
                  out.printf(
                      "%8s %10.2f  %d changes%n",
                      name, account.cents() / 100.0, account.version()));
      boolean exact =
          same
              && sum(books) - sum(before) == day.cents()
              && versions(books) - versions(before) == day.done()
              && books.accounts().values().stream().allMatch(each -> each.cents() >= 0);
      out.println(
          exact
              ? "Exact: the balances are what the tellers did, and none is below zero."
              : "NOT EXACT: the balances differ from what the tellers did.");
      return exact;
    }
  }

  private static long sum(Snapshot books) {
    return books.accounts().values().stream().mapToLong(Account::cents).sum();
  }

  private static long versions(Snapshot books) {
    return books.accounts().values().stream().mapToLong(Account::version).sum();
  }
}
