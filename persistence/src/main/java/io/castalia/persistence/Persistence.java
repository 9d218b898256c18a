package io.castalia.persistence;

import com.typesafe.config.Config;
import io.castalia.persistence.journal.JournalEngine;
import io.castalia.persistence.journal.JournalGround;
import io.castalia.persistence.journal.JournalMeters;
import io.castalia.persistence.journal.JournalSettings;
import io.castalia.persistence.journal.JournalWatch;
import io.castalia.persistence.journal.SchedulerDelays;
import io.castalia.persistence.journal.SegmentNumbers;
import io.castalia.persistence.read.CachedLogReader;
import io.castalia.persistence.read.ReadCacheSettings;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.LogStoreProviders;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of an actor system: one store, one writer, one reader. The first call of {@link #get}
 * begins to open the store, and {@link #ready} tells when that is done; it is closed when the
 * system terminates.
 */
public final class Persistence implements Extension {
  private static final Id ID = new Id();
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  private final LogStore store;
  private final JournalGround ground;
  private final CachedLogReader reader;
  private final JournalEngine journal;

  private Persistence(ExtendedActorSystem system) {
    Config config = system.settings().config().getConfig("castalia.persistence");
    MeterRegistry meters = Meters.registry(system);
    this.store =
        LogStoreProviders.named(config, system.dynamicAccess().classLoader()).open(system, config);
    this.ground =
        new JournalGround(
            store,
            JournalSettings.of(config),
            new SchedulerDelays(system),
            UUID::randomUUID,
            numbers(config),
            new JournalMeters(meters));
    JournalMeters.watch(meters, ground);
    this.reader = new CachedLogReader(store, ReadCacheSettings.of(config), meters);
    this.journal =
        new JournalEngine(ground, firstWriter(system), reader, told -> fenced(system, told));
    watch(system);
    closeAtShutdown(system);
  }

  private static SegmentNumbers numbers(Config config) {
    return SegmentNumbers.inBuckets(
        config.getInt("buckets-at-a-time"), config.getBytes("bucket-bytes"));
  }

  private void watch(ExtendedActorSystem system) {
    JournalWatch watch = journal.watch();
    system
        .scheduler()
        .scheduleWithFixedDelay(
            JournalWatch.INTERVAL,
            JournalWatch.INTERVAL,
            () -> watch.look().ifPresent(LOG::warn),
            system.dispatcher());
  }

  private static UUID firstWriter(ExtendedActorSystem system) {
    return system
        .settings()
        .setup()
        .get(WriterSetup.class)
        .map(WriterSetup::writer)
        .orElseGet(UUID::randomUUID);
  }

  private static void fenced(ExtendedActorSystem system, WriterFenced fenced) {
    LOG.warn(
        "All logs of writer {} have been taken from this node: it begins again as {}",
        fenced.writer(),
        fenced.next());
    system.eventStream().publish(fenced);
  }

  /** The persistence of this actor system. Does not wait for the store. */
  public static Persistence get(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /** Reads logs by position. */
  public LogReader reader() {
    return reader;
  }

  /** The logs that this node owns. */
  public OwnedLogs logs() {
    return journal;
  }

  /** The writer id in use. */
  public UUID writer() {
    return journal.writer();
  }

  /**
   * Says that the node of another writer is down or has left, so that one fence takes all its logs.
   * Nothing that is acknowledged depends on whether this is true.
   */
  public void declareDown(UUID writer) {
    journal.declareDown(writer);
  }

  /** Whether a writer was ever registered in the store of this node. */
  public CompletionStage<Boolean> knows(UUID writer) {
    return store.fencesOf(writer).thenApply(Optional::isPresent);
  }

  /**
   * Completes when the store is open and the writer is registered, so that logs can be owned. Fails
   * with the store's reason if it cannot be opened.
   */
  public CompletionStage<Done> ready() {
    return store.opened().thenCompose(done -> journal.ready());
  }

  /** The journal beneath the Pekko plugin. */
  public JournalEngine journal() {
    return journal;
  }

  /** What the journal and the snapshot store stand on; tests reach the store through it. */
  public JournalGround ground() {
    return ground;
  }

  private void closeAtShutdown(ExtendedActorSystem system) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "close-log-store",
            () ->
                CompletableFuture.runAsync(store::close)
                    .thenRun(reader::close)
                    .thenApply(done -> Done.getInstance()));
  }

  private static final class Id extends AbstractExtensionId<Persistence> {
    @Override
    public Persistence createExtension(ExtendedActorSystem system) {
      return new Persistence(system);
    }
  }
}
