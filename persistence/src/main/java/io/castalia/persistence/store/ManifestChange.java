package io.castalia.persistence.store;

import java.util.List;
import java.util.UUID;

/**
 * One compare-and-set of a manifest: all of it is applied, or nothing.
 *
 * @param epoch the new epoch
 * @param owner the new owner
 * @param nonce a fresh nonce; how an unknown outcome is resolved
 * @param deletedTo the new deleted-to sequence number
 * @param put segments to add or replace, by number
 * @param remove numbers of segments to remove
 */
public record ManifestChange(
    int epoch, UUID owner, UUID nonce, long deletedTo, List<StoredSegment> put, List<Long> remove) {
  public ManifestChange {
    put = List.copyOf(put);
    remove = List.copyOf(remove);
  }
}
