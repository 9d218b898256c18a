package io.castalia.testkit.cluster;

/** What the nodes of a simulated cluster do about members that they cannot reach. */
public enum SplitResolver {
  /** As in production: the side with more members goes on, the other one stops. */
  KEEP_MAJORITY("org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"),

  /** Nothing: what ran on them is out of service until they are back. */
  NONE(""),

  /**
   * The wrong thing: every side takes the others for dead, and goes on as the whole cluster. Healed
   * links do not bring the sides together; one of them has to be crashed and restarted.
   */
  EACH_SIDE_GOES_ON(EachSideGoesOn.class.getName());

  private final String provider;

  SplitResolver(String provider) {
    this.provider = provider;
  }

  /** The class that Pekko's cluster is to leave this to. */
  String provider() {
    return provider;
  }
}
