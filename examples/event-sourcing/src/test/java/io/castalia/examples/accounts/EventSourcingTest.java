package io.castalia.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.examples.accounts.Ledger.Outcome;
import io.castalia.testkit.node.InMemoryNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EventSourcingTest {
  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static InMemoryNode node;

  @BeforeAll
  static void start() {
    node = InMemoryNode.start(directory, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldKeepTheBooksRightWhenTheCommandIsRunTwice() {
    for (int run = 0; run < 2; run++) {
      assertThat(
              new CommandLine(new EventSourcing())
                  .execute("--bootstrap", node.bootstrap(), "--changes", "20"))
          .isZero();
    }
  }

  @Test
  void shouldDecideAnewWhenAnotherWriterCameFirst() throws Exception {
    Topics.ensure(node.bootstrap(), "race");
    try (Ledger one = new Ledger(node.bootstrap(), "race", 0);
        Ledger other = new Ledger(node.bootstrap(), "race", 0)) {
      one.fromSnapshot();
      other.fromSnapshot();
      assertThat(one.change("ada", 100)).isEqualTo(Outcome.DONE);
      assertThat(other.fromTheBeginning().account("ada")).isEqualTo(new Account(1, 100));

      assertThat(one.change("ada", -70)).isEqualTo(Outcome.DONE);

      assertThat(other.change("ada", -70)).as("both saw 100").isEqualTo(Outcome.NOT_COVERED);
      assertThat(other.conflicts()).isEqualTo(1);
      assertThat(one.fromTheBeginning().account("ada")).isEqualTo(new Account(2, 30));
    }
  }
}
