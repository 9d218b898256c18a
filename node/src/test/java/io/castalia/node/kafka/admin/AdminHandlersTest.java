package io.castalia.node.kafka.admin;

import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.HandlersContract;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.message.DescribeAclsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.resource.ResourceType;

class AdminHandlersTest implements HandlersContract {
  private final List<RequestHandler<?>> handlers =
      AdminHandlers.all(
          new FakeTopics(), new FakePartitions(), new FakeCluster(), Map::of, "store");

  @Override
  public List<RequestHandler<?>> handlers() {
    return handlers;
  }

  /** Only a filter of access rules has no empty form: it must name what it looks for. */
  @Override
  public ApiMessage empty(ApiKeys key) {
    return key == ApiKeys.DESCRIBE_ACLS
        ? new DescribeAclsRequestData()
            .setResourceTypeFilter(ResourceType.ANY.code())
            .setOperation(AclOperation.ANY.code())
            .setPermissionType(AclPermissionType.ANY.code())
        : HandlersContract.super.empty(key);
  }
}
