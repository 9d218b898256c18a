package io.castalia.node.kafka.group;

import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.HandlersContract;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;

class GroupHandlersTest implements HandlersContract {
  private final List<RequestHandler<?>> handlers =
      GroupHandlers.all(new FakeGroups(), new FakeTopics(), new FakeCluster());

  @Override
  public List<RequestHandler<?>> handlers() {
    return handlers;
  }
}
