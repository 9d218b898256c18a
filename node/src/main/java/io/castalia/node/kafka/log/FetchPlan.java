package io.castalia.node.kafka.log;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchMetadata;

/**
 * What a Fetch request comes to after its session was looked up.
 *
 * @param error {@link Errors#NONE}, or why the session cannot be used
 * @param targets what to fetch, in order
 * @param session the session, if there is one
 * @param incremental whether the answer holds only what is new
 */
record FetchPlan(
    Errors error, List<FetchTarget> targets, Optional<FetchSession> session, boolean incremental) {

  static FetchPlan refused(Errors error) {
    return new FetchPlan(error, List.of(), Optional.empty(), false);
  }

  static FetchPlan full(List<FetchTarget> targets, Optional<FetchSession> session) {
    return new FetchPlan(Errors.NONE, targets, session, false);
  }

  static FetchPlan incremental(FetchSession session) {
    return new FetchPlan(Errors.NONE, session.targets(), Optional.of(session), true);
  }

  int sessionId() {
    return session.map(FetchSession::id).orElse(FetchMetadata.INVALID_SESSION_ID);
  }

  /** The answers to send, in order. */
  List<FetchAnswer> select(List<FetchAnswer> answers) {
    List<FetchAnswer> news = session.map(known -> known.tell(answers)).orElse(answers);
    return incremental ? news : answers;
  }
}
