package io.castalia.persistence.journal;

import java.util.Optional;

/**
 * One serialized event.
 *
 * @param sequence its sequence number
 * @param timestamp when it was written, in milliseconds since the epoch, as Pekko notes it
 * @param adapterManifest the manifest that an event adapter gave, or empty
 * @param payload the event
 * @param metadata what was attached to it, if anything
 */
record Event(
    long sequence,
    long timestamp,
    String adapterManifest,
    Serialized payload,
    Optional<Serialized> metadata) {}
