package io.castalia.actors.topic;

import io.castalia.actors.topic.DirectoryCommand.CatalogDelta;
import io.castalia.actors.topic.DirectoryCommand.CatalogPage;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * This node's copy of the catalog, built from pages and deltas that may be lost, late, or from a
 * registry that has moved. It never goes back to an older version.
 */
final class CatalogReplica {
  /** What a message from the registry came to. */
  enum Outcome {
    /** The catalog is new. */
    ADVANCED,
    /** Nothing to do. */
    UNCHANGED,
    /** Something was missed: everything must be asked for. */
    GAP
  }

  private LocalCatalog catalog;
  private final TreeMap<Integer, CatalogPage> pages = new TreeMap<>();

  CatalogReplica(Map<String, String> staticBrokerConfigs) {
    this.catalog = LocalCatalog.empty(staticBrokerConfigs);
  }

  LocalCatalog catalog() {
    return catalog;
  }

  Outcome apply(CatalogDelta delta) {
    if (delta.version() <= catalog.version()) {
      return Outcome.UNCHANGED;
    }
    boolean next = delta.version() == catalog.version() + 1 && !delta.changes().isEmpty();
    if (catalog.version() == LocalCatalog.UNKNOWN || !next) {
      return Outcome.GAP;
    }
    catalog = catalog.after(delta);
    return Outcome.ADVANCED;
  }

  Outcome apply(CatalogPage page) {
    if (page.number() == 0) {
      pages.clear();
    }
    if (page.number() != pages.size() || mixesVersions(page)) {
      pages.clear();
      return Outcome.GAP;
    }
    pages.put(page.number(), page);
    if (!page.last()) {
      return Outcome.UNCHANGED;
    }
    return complete();
  }

  private boolean mixesVersions(CatalogPage page) {
    return pages.values().stream().anyMatch(known -> known.version() != page.version());
  }

  private Outcome complete() {
    CatalogPage first = pages.firstEntry().getValue();
    Collection<TopicDescription> topics =
        pages.values().stream().flatMap(page -> page.topics().stream()).toList();
    pages.clear();
    if (first.version() <= catalog.version()) {
      return Outcome.UNCHANGED;
    }
    catalog =
        LocalCatalog.of(
            first.version(),
            first.clusterId(),
            TopicTable.of(topics),
            first.brokerConfigs(),
            catalog.staticBrokerConfigs());
    return Outcome.ADVANCED;
  }
}
