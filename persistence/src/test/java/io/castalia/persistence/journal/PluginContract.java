package io.castalia.persistence.journal;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.UUID;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A plugin of Pekko Persistence on any store, in one actor system, with a log for each test. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class PluginContract {
  static final Duration LIMIT = Duration.ofSeconds(60);
  static final long MAX = Long.MAX_VALUE;

  String log = "";
  ActorSystem system;
  TestKit probe;
  ActorRef plugin;

  /** Settings that select the store. */
  protected abstract Config config();

  /** All other settings. */
  abstract Config otherConfig();

  abstract ActorRef pluginOf(Persistence persistence);

  @BeforeAll
  final void startSystem() {
    system = ActorSystem.create("plugin", config().withFallback(otherConfig()));
    plugin = pluginOf(Persistence.get(system));
  }

  @AfterAll
  final void stopSystem() {
    TestKit.shutdownActorSystem(system);
  }

  @BeforeEach
  final void beginALog() {
    log = "log-" + UUID.randomUUID();
    probe = new TestKit(system);
  }
}
