package io.castalia.persistence;

import java.util.UUID;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/**
 * Published on the system's event stream when this node finds its whole writer fenced: its actors
 * must stop; the journal has taken a new writer id when {@code next} is in use.
 *
 * @param writer the fenced incarnation
 * @param next the id taken instead
 */
public record WriterFenced(UUID writer, UUID next) implements NoSerializationVerificationNeeded {}
