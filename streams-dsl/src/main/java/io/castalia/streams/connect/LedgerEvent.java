package io.castalia.streams.connect;

/** What a {@link SourceLedger} remembers. */
sealed interface LedgerEvent extends ConnectorMessage {

  /** The task's producer id, for good. */
  record Identified(long producerId) implements LedgerEvent {}

  /** Runs of earlier generations of the connector write here no more. */
  record Entered(long generation) implements LedgerEvent {}

  /** A batch is about to be published; the ones before it are. */
  record Sending(SourceBatch batch) implements LedgerEvent {}

  /** The last batch is published. */
  record Sent() implements LedgerEvent {}
}
