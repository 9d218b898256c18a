package io.castalia.node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A node with its embedded Cassandra, in this process, on free ports. */
public final class TestNode implements AutoCloseable {
  private static final int STOP_SECONDS = 60;

  private final CastaliaNode node;

  private TestNode(CastaliaNode node) {
    this.node = node;
  }

  public static TestNode start(Path dataDirectory) {
    Map<String, Object> own =
        Map.of("castalia.data-dir", dataDirectory.toString(), "castalia.kafka.port", 0);
    return new TestNode(
        CastaliaNode.start(
            NodeSettings.of(SettingsSource.load(Optional.empty(), own)), progress -> {}));
  }

  public String bootstrap() {
    return node.address().host() + ":" + node.address().port();
  }

  @Override
  public void close() {
    node.stop().toCompletableFuture().copy().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
  }
}
