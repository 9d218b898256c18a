package io.castalia.testkit.cluster;

import com.typesafe.config.Config;
import java.util.function.IntPredicate;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.FailureDetectorWithAddress;

/**
 * A failure detector that is told. A node is found unreachable a fixed time after a test has made
 * it so, and no node ever is because the machine was slow.
 */
public final class KnownFaults implements FailureDetector, FailureDetectorWithAddress {
  private final IntPredicate unreachable;
  private volatile int port;
  private volatile boolean monitoring;

  /** Called by Pekko. */
  public KnownFaults(Config config, EventStream events) {
    this.unreachable = NodeGround.of(config).unreachable();
  }

  @Override
  public void setAddress(String address) {
    port = AddressFromURIString.parse(address).getPort().orElseThrow();
  }

  @Override
  public boolean isAvailable() {
    return !unreachable.test(port);
  }

  @Override
  public boolean isMonitoring() {
    return monitoring;
  }

  @Override
  public void heartbeat() {
    monitoring = true;
  }
}
