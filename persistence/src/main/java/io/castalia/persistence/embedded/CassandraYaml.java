package io.castalia.persistence.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The configuration that the embedded Cassandra starts with; written anew at every start. */
final class CassandraYaml {
  /** Syncs in group mode are at least this far apart. */
  static final Duration GROUP_WINDOW = Duration.ofMillis(2);

  private CassandraYaml() {}

  static String of(EmbeddedCassandraSettings settings, Ports ports) {
    Path data = settings.dataDirectory();
    return """
    cluster_name: castalia
    partitioner: org.apache.cassandra.dht.Murmur3Partitioner
    # A ring of one: one token, and nobody to wait for.
    num_tokens: 1
    initial_token: "0"
    auto_bootstrap: false
    endpoint_snitch: SimpleSnitch
    seed_provider:
      - class_name: org.apache.cassandra.locator.SimpleSeedProvider
        parameters:
          - seeds: "127.0.0.1:%1$d"
    listen_address: 127.0.0.1
    rpc_address: 127.0.0.1
    storage_port: %1$d
    native_transport_port: %2$d
    data_file_directories: ["%3$s/data"]
    commitlog_directory: "%3$s/commitlog"
    saved_caches_directory: "%3$s/saved_caches"
    hints_directory: "%3$s/hints"
    cdc_raw_directory: "%3$s/cdc"
    %4$s
    # An entry may have 16 MiB, a mutation half a segment.
    commitlog_segment_size: 64MiB
    commitlog_total_space: 512MiB
    disk_failure_policy: stop
    commit_failure_policy: stop
    native_transport_max_frame_size: 32MiB
    native_transport_max_request_data_in_flight: 128MiB
    native_transport_max_request_data_in_flight_per_ip: 128MiB
    authenticator: AllowAllAuthenticator
    authorizer: AllowAllAuthorizer
    paxos_variant: v2
    paxos_state_purging: repaired
    storage_compatibility_mode: NONE
    sstable:
      selected_format: bti
    memtable:
      configurations:
        skiplist:
          class_name: SkipListMemtable
        trie:
          class_name: TrieMemtable
        default:
          inherits: trie
    memtable_allocation_type: offheap_objects
    concurrent_reads: 8
    concurrent_writes: 16
    concurrent_compactors: 1
    compaction_throughput: 256MiB/s
    auto_snapshot: false
    hinted_handoff_enabled: false
    cdc_enabled: false
    """
        .formatted(ports.storage(), ports.nativeTransport(), data, commitLog(settings.commitLog()));
  }

  /**
   * Direct I/O carries more synced bytes (66 to 102 MB/s of 1 KB records where mapped I/O carried
   * 37 to 60, on two cores). In periodic mode it would keep acknowledged writes in the process's
   * own memory until the next sync, so there it is not used.
   */
  private static String commitLog(CommitLogMode mode) {
    String sync = "commitlog_sync: " + mode.name().toLowerCase(Locale.ROOT);
    return switch (mode) {
      case BATCH -> sync + "\ncommitlog_disk_access_mode: direct";
      case GROUP ->
          sync
              + "\ncommitlog_sync_group_window: "
              + GROUP_WINDOW.toMillis()
              + "ms\ncommitlog_disk_access_mode: direct";
      case PERIODIC -> sync + "\ncommitlog_sync_period: 1000ms\ncommitlog_disk_access_mode: legacy";
    };
  }
}
