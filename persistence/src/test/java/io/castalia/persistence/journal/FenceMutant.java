package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ManifestChange;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.Done;

/**
 * The protocol with one thing wrong, which tests of the protocol must notice. The journal is the
 * real one; what it believes of its store is not so.
 */
enum FenceMutant {
  TAIL_READ_BEFORE_THE_FENCE_OF_THE_EPOCH_IS_CONFIRMED(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new UnawaitedFences(store, scope -> !isWhole(scope));
    }
  },

  TAIL_READ_BEFORE_THE_FENCE_OF_THE_WRITER_IS_CONFIRMED(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new UnawaitedFences(store, FenceMutant::isWhole);
    }
  },

  VERIFICATION_IGNORES_THE_FENCE_OF_THE_EPOCH(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new BlindVerification(store, scope -> !isWhole(scope));
    }
  },

  VERIFICATION_IGNORES_THE_FENCE_OF_THE_WRITER(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new BlindVerification(store, FenceMutant::isWhole);
    }
  },

  ACKNOWLEDGED_BEFORE_IT_IS_VERIFIED(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new NoVerification(store);
    }
  },

  VERIFIED_BY_A_READ_THAT_BEGAN_BEFORE_THE_WRITE(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new EarlierVerification(store);
    }
  },

  SEALED_WITHOUT_LOOKING_AT_THE_NONCE(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new UnconditionalChanges(store);
    }
  },

  OPEN_SEGMENT_TAKEN_FOR_A_RELEASED_ONE(Seen.ANYWHERE) {
    @Override
    LogStore over(LogStore store) {
      return new BelievedReleases(store);
    }
  },

  UNKNOWN_FENCE_TAKEN_FOR_A_CONFIRMED_ONE(Seen.WHERE_REPLICAS_DIFFER) {
    @Override
    LogStore over(LogStore store) {
      return new BelievedFences(store);
    }
  },

  UNKNOWN_WRITE_TAKEN_FOR_A_COMPLETED_ONE(Seen.WHERE_REPLICAS_DIFFER) {
    @Override
    LogStore over(LogStore store) {
      return new BelievedWrites(store);
    }
  },

  LAST_ROW_NOT_WRITTEN_AGAIN(Seen.WHERE_REPLICAS_DIFFER) {
    @Override
    LogStore over(LogStore store) {
      return new NoRewrite(store);
    }
  };

  /** What it takes to notice a mutant. */
  enum Seen {
    ANYWHERE,
    WHERE_REPLICAS_DIFFER
  }

  private final Seen seen;

  FenceMutant(Seen seen) {
    this.seen = seen;
  }

  Seen seen() {
    return seen;
  }

  /** What a journal with this mutation sees in place of its store. */
  abstract LogStore over(LogStore store);

  private static boolean isWhole(String scope) {
    return scope.equals(FenceScope.ALL);
  }

  private static CompletionStage<Done> done() {
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  private static final class UnawaitedFences extends ForwardingStore {
    private final Predicate<String> scopes;

    UnawaitedFences(LogStore store, Predicate<String> scopes) {
      super(store);
      this.scopes = scopes;
    }

    @Override
    public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
      CompletionStage<Done> confirmed = super.fence(writer, scope, by);
      return scopes.test(scope) ? done() : confirmed;
    }
  }

  private static final class BlindVerification extends ForwardingStore {
    private final Predicate<String> scopes;

    BlindVerification(LogStore store, Predicate<String> scopes) {
      super(store);
      this.scopes = scopes;
    }

    @Override
    public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
      return super.fencesOf(writer)
          .thenApply(
              found ->
                  found.map(
                      fences -> {
                        Set<String> seen = new HashSet<>(fences);
                        seen.removeIf(scopes);
                        return seen;
                      }));
    }
  }

  private static final class NoVerification extends ForwardingStore {
    NoVerification(LogStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
      return CompletableFuture.completedFuture(Optional.of(Set.of()));
    }
  }

  private static final class EarlierVerification extends ForwardingStore {
    private CompletionStage<Optional<Set<String>>> earlier =
        CompletableFuture.completedFuture(Optional.of(Set.of()));

    EarlierVerification(LogStore store) {
      super(store);
    }

    @Override
    public synchronized CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
      CompletionStage<Optional<Set<String>>> answer = earlier;
      earlier = super.fencesOf(writer);
      return answer;
    }
  }

  private static final class UnconditionalChanges extends ForwardingStore {
    UnconditionalChanges(LogStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Boolean> changeManifest(
        String log, Optional<UUID> expected, ManifestChange change) {
      return readManifest(log)
          .thenCompose(
              now -> super.changeManifest(log, now.map(manifest -> manifest.nonce()), change));
    }
  }

  /** Takes the rows that are there for all that there will be. */
  private static final class BelievedReleases extends ForwardingStore {
    BelievedReleases(LogStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Optional<LogManifest>> readManifest(String log) {
      return super.readManifest(log).thenCompose(found -> closed(log, found));
    }

    @Override
    public CompletionStage<Optional<LogManifest>> peekManifest(String log) {
      return super.peekManifest(log).thenCompose(found -> closed(log, found));
    }

    private CompletionStage<Optional<LogManifest>> closed(String log, Optional<LogManifest> found) {
      return found.isEmpty()
          ? CompletableFuture.completedFuture(found)
          : closed(log, found.get()).thenApply(Optional::of);
    }

    private CompletionStage<LogManifest> closed(String log, LogManifest manifest) {
      List<StoredSegment> segments = new ArrayList<>(manifest.segments());
      StoredSegment last = segments.remove(segments.size() - 1);
      return readHeaders(log, last.number(), 0, Long.MAX_VALUE, Integer.MAX_VALUE)
          .thenApply(
              rows -> {
                TailScan.Tail nothing =
                    new TailScan.Tail(OpenSegment.empty(last), OpenSegment.empty(last));
                segments.add(TailScan.follow(nothing, rows).end().sealed());
                return new LogManifest(
                    manifest.epoch(),
                    manifest.owner(),
                    manifest.nonce(),
                    manifest.deletedTo(),
                    segments);
              });
    }
  }

  private static final class BelievedFences extends ForwardingStore {
    BelievedFences(LogStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
      return super.fence(writer, scope, by).exceptionally(unknown -> Done.getInstance());
    }
  }

  private static final class BelievedWrites extends ForwardingStore {
    BelievedWrites(LogStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Done> writeEntry(StoredEntry entry) {
      return super.writeEntry(entry).exceptionally(unknown -> Done.getInstance());
    }
  }

  /** Only a takeover reads one row whole and then writes it. */
  private static final class NoRewrite extends ForwardingStore {
    private final Set<StoredEntry> read = new HashSet<>();

    NoRewrite(LogStore store) {
      super(store);
    }

    @Override
    public CompletionStage<List<StoredEntry>> readEntries(
        String log, long segment, long fromSequence, long toSequence) {
      return super.readEntries(log, segment, fromSequence, toSequence)
          .thenApply(
              rows -> {
                read.addAll(rows);
                return rows;
              });
    }

    @Override
    public CompletionStage<Done> writeEntry(StoredEntry entry) {
      return read.contains(entry) ? done() : super.writeEntry(entry);
    }
  }
}
