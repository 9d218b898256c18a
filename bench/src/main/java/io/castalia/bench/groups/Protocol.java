package io.castalia.bench.groups;

/** The protocols that members may speak. */
enum Protocol {
  CLASSIC;

  GroupMember member(WireLoop loop, GroupPlan plan) {
    return new ClassicMember(loop, plan);
  }
}
