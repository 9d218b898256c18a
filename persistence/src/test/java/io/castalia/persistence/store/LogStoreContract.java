package io.castalia.persistence.store;

/** What every {@link LogStore} must do. Logs have fresh names, so a store may be shared. */
public interface LogStoreContract
    extends EntriesContract, ManifestsContract, WritersContract, SnapshotsContract, PagesContract {}
