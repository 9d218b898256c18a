package io.castalia.bench.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.SharedNode;
import io.castalia.bench.server.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shortest form of {@code bench/groups}: that it works, not how fast. */
final class GroupsSmokeTest {
  @RegisterExtension static final SharedNode NODE = new SharedNode();

  private static final GroupShape SHAPE = new GroupShape(10, 3);

  @Test
  void shouldServeAllMembersBeforeAndAfterARestart() {
    GroupsRun.Settings settings =
        new GroupsRun.Settings(Duration.ofSeconds(1), 20, 2, 20_000, Protocol.CLASSIC);
    CastaliaNode node = NODE.node();
    Topics.create(node.bootstrap(), Fleet.TOPIC, Fleet.PARTITIONS);

    ShapeResult result =
        new GroupsRun(settings, System.out)
            .run(node, SHAPE, "smoke", EnumSet.allOf(GroupLoad.class), true);

    assertThat(result.loads()).containsOnlyKeys(GroupLoad.values());
    assertThat(result.loads().values()).allSatisfy(found -> sustained(found.best()));
    assertThat(result.restart())
        .hasValueSatisfying(restart -> assertThat(restart.rejoined()).isZero());
    assertThat(new GroupsTable(List.of(node), List.of(result)).format())
        .contains("| 10x3 | commits of 10 partitions | Castalia | 20 (20 to 20) | 1.00 |")
        .contains("| 10x3 | Castalia | ");
  }

  private static void sustained(Level level) {
    assertThat(level.failed()).isZero();
    assertThat(level.answered()).isPositive();
    assertThat(level.latencies().count()).isPositive();
  }
}
