package io.castalia.persistence.embedded;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The configuration that the embedded Cassandra starts with; written anew at every start. */
final class CassandraYaml {
  /** Syncs in group mode are at least this far apart. */
  static final Duration GROUP_WINDOW = Duration.ofMillis(2);

  static final String COMMIT_LOG_DIRECTORY = "commitlog_directory";

  private static final String DEFAULTS =
      """
      cluster_name = castalia
      partitioner = org.apache.cassandra.dht.Murmur3Partitioner
      # A ring of one: one token, and nobody to wait for.
      num_tokens = 1
      initial_token = "0"
      auto_bootstrap = false
      endpoint_snitch = SimpleSnitch
      listen_address = 127.0.0.1
      rpc_address = 127.0.0.1
      # An entry may have 16 MiB, a mutation half a segment.
      commitlog_segment_size = 64MiB
      # Twice what may lie in memory at the default heap, so that it does not cut flushes short.
      commitlog_total_space = 768MiB
      # It is started again: with "stop" it would live on and take no connections.
      disk_failure_policy = die
      commit_failure_policy = die
      native_transport_max_frame_size = 32MiB
      native_transport_max_request_data_in_flight = 128MiB
      native_transport_max_request_data_in_flight_per_ip = 128MiB
      authenticator = AllowAllAuthenticator
      authorizer = AllowAllAuthorizer
      paxos_variant = v2
      paxos_state_purging = repaired
      storage_compatibility_mode = NONE
      sstable.selected_format = bti
      memtable.configurations {
        skiplist.class_name = SkipListMemtable
        trie.class_name = TrieMemtable
        default.inherits = trie
      }
      memtable_allocation_type = offheap_objects
      # One writer: what is flushed at once is half of the space and not a third.
      memtable_flush_writers = 1
      concurrent_reads = 8
      concurrent_writes = 96
      concurrent_compactors = 1
      compaction_throughput = 256MiB/s
      auto_snapshot = false
      hinted_handoff_enabled = false
      cdc_enabled = false
      """;

  private CassandraYaml() {}

  /** As JSON, which is YAML too. What the settings say of it goes before what stands here. */
  static String of(EmbeddedCassandraSettings settings, Ports ports) {
    Config yaml =
        settings
            .child()
            .yaml()
            .withFallback(ConfigFactory.parseMap(places(settings, ports)))
            .withFallback(ConfigFactory.parseMap(commitLog(settings.commitLog())))
            .withFallback(ConfigFactory.parseMap(memtables(settings.heapMiB())))
            .withFallback(ConfigFactory.parseString(DEFAULTS));
    return yaml.root().render(ConfigRenderOptions.concise().setFormatted(true));
  }

  private static Map<String, Object> places(EmbeddedCassandraSettings settings, Ports ports) {
    Path data = settings.dataDirectory();
    Map<String, Object> seeds =
        Map.of(
            "class_name",
            "org.apache.cassandra.locator.SimpleSeedProvider",
            "parameters",
            List.of(Map.of("seeds", "127.0.0.1:" + ports.storage())));
    Map<String, Object> places = new HashMap<>();
    places.put("seed_provider", List.of(seeds));
    places.put("storage_port", ports.storage());
    places.put("native_transport_port", ports.nativeTransport());
    places.put("data_file_directories", List.of(data.resolve("data").toString()));
    places.put(COMMIT_LOG_DIRECTORY, settings.commitLogDirectory().toString());
    places.put("saved_caches_directory", data.resolve("saved_caches").toString());
    places.put("hints_directory", data.resolve("hints").toString());
    places.put("cdc_raw_directory", data.resolve("cdc").toString());
    return places;
  }

  /**
   * Payload lies outside the heap, as much as the heap is large: the larger a flush, the less there
   * is to compact (with 512 MiB instead of 128, Cassandra took 13 s of processor time for a GB
   * instead of 17).
   */
  private static Map<String, String> memtables(int heapMiB) {
    return Map.of(
        "memtable_offheap_space", heapMiB + "MiB", "memtable_heap_space", heapMiB / 4 + "MiB");
  }

  /**
   * Direct I/O carries more synced bytes (66 to 102 MB/s of 1 KB records where mapped I/O carried
   * 37 to 60, on two cores). In periodic mode it would keep acknowledged writes in the process's
   * own memory until the next sync, so there it is not used.
   */
  private static Map<String, String> commitLog(CommitLogMode mode) {
    Map<String, String> settings = new HashMap<>();
    settings.put("commitlog_sync", mode.name().toLowerCase(Locale.ROOT));
    settings.put(
        "commitlog_disk_access_mode", mode == CommitLogMode.PERIODIC ? "legacy" : "direct");
    if (mode == CommitLogMode.GROUP) {
      settings.put("commitlog_sync_group_window", GROUP_WINDOW.toMillis() + "ms");
    } else if (mode == CommitLogMode.PERIODIC) {
      settings.put("commitlog_sync_period", "1000ms");
    }
    return settings;
  }
}
