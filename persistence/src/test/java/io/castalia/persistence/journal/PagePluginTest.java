package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.ScriptedLogStore;
import io.castalia.persistence.store.StoreFaults;
import io.castalia.persistence.store.StoreOperation;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.state.DurableStateStoreRegistry;
import org.apache.pekko.persistence.state.javadsl.DurableStateUpdateStore;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages, as who knows nothing of the store reaches them. */
class PagePluginTest {
  private static ActorSystem system;
  private static DurableStateUpdateStore<Object> pages;

  @BeforeAll
  @SuppressWarnings("unchecked")
  static void start() {
    system =
        ActorSystem.create(
            "pages",
            ConfigFactory.parseString("castalia.persistence.store = in-memory")
                .withFallback(ConfigFactory.load()));
    pages =
        DurableStateStoreRegistry.get(system)
            .getDurableStateStoreFor(
                DurableStateUpdateStore.class, "castalia.persistence.page-store");
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  @Test
  void shouldWriteReadAndDeleteAPage() throws Exception {
    ByteString data = ByteString.fromString("state");

    get(pages.upsertObject("one", 1, data, ""));

    assertThat(get(pages.getObject("one")).value()).contains(data);
    get(pages.deleteObject("one", 2));
    assertThat(get(pages.getObject("one")).value()).isEmpty();
  }

  @Test
  void shouldTryAgainWhenTheStoreIsAway() throws Exception {
    ScriptedLogStore store = (ScriptedLogStore) Persistence.get(system).ground().store();
    store.faults().failNotApplied(StoreFaults.any(StoreOperation.READ_PAGE));
    get(pages.upsertObject("two", 1, ByteString.fromString("state"), ""));

    assertThat(get(pages.getObject("two")).value()).isPresent();
  }

  @Test
  void shouldRefuseToChangeAPage() {
    assertThatThrownBy(() -> get(pages.upsertObject("three", 2, ByteString.emptyByteString(), "")))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a ByteString in revision 1");
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
