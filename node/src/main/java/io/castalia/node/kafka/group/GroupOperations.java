package io.castalia.node.kafka.group;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.requests.DescribeGroupsResponse;
import org.apache.kafka.common.utils.Utils;

/** What a client may do with a group. Without an authorizer: everything. */
final class GroupOperations {
  private static final Set<Byte> ALL =
      Stream.of(
              AclOperation.READ,
              AclOperation.DELETE,
              AclOperation.DESCRIBE,
              AclOperation.DESCRIBE_CONFIGS,
              AclOperation.ALTER_CONFIGS)
          .map(AclOperation::code)
          .collect(Collectors.toUnmodifiableSet());

  private GroupOperations() {}

  /** As responses have it: a bit for each operation, or a value that says that nobody asked. */
  static int field(boolean asked) {
    return asked ? Utils.to32BitField(ALL) : DescribeGroupsResponse.AUTHORIZED_OPERATIONS_OMITTED;
  }
}
