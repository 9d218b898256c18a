package io.castalia.actors.group;

import java.time.Duration;
import java.util.List;

/**
 * What a member of a consumer group brings with it that uses the classic protocol.
 *
 * @param sessionTimeout how long it may be silent
 * @param protocols in the order of its preference
 */
record ClassicTerms(Duration sessionTimeout, List<GroupProtocol> protocols) {
  ClassicTerms {
    protocols = List.copyOf(protocols);
  }
}
