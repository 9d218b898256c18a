package io.castalia.testkit.cluster;

/** What a simulated node is doing. */
public enum NodeState {
  /** It runs, whether or not others can reach it. */
  RUNNING,
  /** It does nothing, and its clients and its peers wait. */
  FROZEN,
  /** It has been crashed, or has left, or has stopped itself because it was taken for dead. */
  STOPPED
}
