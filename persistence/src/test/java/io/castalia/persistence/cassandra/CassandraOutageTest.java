package io.castalia.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.embedded.EmbeddedCassandra;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraOutageTest {
  @Test
  void shouldFailSoonWhileCassandraIsAwayAndGoOnWhenItIsBack(@TempDir Path data) throws Exception {
    EmbeddedCassandraSettings embedded = EmbeddedCassandraSettings.in(data);
    UUID writer = UUID.randomUUID();
    EmbeddedCassandra first = EmbeddedCassandra.start(embedded);
    try (CassandraLogStore store = CassandraLogStore.open(settings("", first.contactPoint()))) {
      get(store.registerWriter(writer));

      first.close();

      assertThatThrownBy(() -> get(store.fencesOf(writer)))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StoreUnavailableException.class);

      try (EmbeddedCassandra again = EmbeddedCassandra.start(embedded)) {
        assertThat(again.contactPoint()).isEqualTo(first.contactPoint());
        await()
            .atMost(Duration.ofMinutes(2))
            .ignoreExceptions()
            .until(() -> get(store.fencesOf(writer)).equals(Optional.of(Set.of())));
      }
    }
  }

  @Test
  void shouldGiveUpConnectingAfterTheTimeout() {
    CassandraSettings nobody =
        settings(
            "timeouts.connect = 2s", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    assertThatThrownBy(() -> CassandraLogStore.open(nobody))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("did not answer within 2 s (Connection refused")
        .hasMessageContaining("is it running there");
  }

  private static CassandraSettings settings(String overrides, InetSocketAddress contactPoint) {
    return CassandraSettings.from(
            ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.load().getConfig("castalia.persistence.cassandra")))
        .withContactPoints(List.of(contactPoint));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(90, TimeUnit.SECONDS);
  }
}
