package io.castalia.streams.connect;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/**
 * What a ledger tells.
 *
 * @param unpublished why the last batch is not known to be published; empty if it is
 */
record LedgerReply(LedgerState state, String unpublished)
    implements NoSerializationVerificationNeeded {
  static LedgerReply published(LedgerState state) {
    return new LedgerReply(state, "");
  }
}
