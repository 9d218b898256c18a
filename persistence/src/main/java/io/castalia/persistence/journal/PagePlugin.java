package io.castalia.persistence.journal;

import io.castalia.persistence.Persistence;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.state.DurableStateStoreProvider;
import org.apache.pekko.persistence.state.javadsl.DurableStateStore;
import org.apache.pekko.persistence.state.javadsl.GetObjectResult;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * The store of pages as a plugin of Pekko's, so that those reach it by a path in the configuration
 * who know nothing of this module. It is no store for a {@code DurableStateBehavior}: an object is
 * written once, in revision 1, and never changed.
 */
public final class PagePlugin implements DurableStateStoreProvider {
  private final PageObjects pages;

  /** Made by Pekko when the plugin is first used. */
  public PagePlugin(ExtendedActorSystem system) {
    this.pages = new PageObjects(Persistence.get(system).ground());
  }

  @Override
  public DurableStateStore<Object> javadslDurableStateStore() {
    return pages;
  }

  @Override
  public org.apache.pekko.persistence.state.scaladsl.DurableStateStore<Object>
      scaladslDurableStateStore() {
    return new ForScala(pages);
  }

  private record ForScala(PageObjects pages)
      implements org.apache.pekko.persistence.state.scaladsl.DurableStateUpdateStore<Object> {
    @Override
    public Future<org.apache.pekko.persistence.state.scaladsl.GetObjectResult<Object>> getObject(
        String name) {
      return scala(pages.getObject(name).thenApply(GetObjectResult::toScala));
    }

    @Override
    public Future<Done> upsertObject(String name, long revision, Object value, String tag) {
      return scala(pages.upsertObject(name, revision, value, tag));
    }

    @Override
    @SuppressWarnings("deprecation")
    public Future<Done> deleteObject(String name) {
      return scala(pages.deleteObject(name));
    }

    @Override
    public Future<Done> deleteObject(String name, long revision) {
      return scala(pages.deleteObject(name, revision));
    }

    private static <T> Future<T> scala(CompletionStage<T> stage) {
      return FutureConverters.asScala(stage);
    }
  }
}
