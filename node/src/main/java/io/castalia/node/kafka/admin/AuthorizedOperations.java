package io.castalia.node.kafka.admin;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.utils.Utils;

/** What a client may do, as the bit fields of the protocol. Without an authorizer: everything. */
final class AuthorizedOperations {
  /** Kafka's value for a client that did not ask. */
  static final int NOT_ASKED = Integer.MIN_VALUE;

  private static final int ON_A_TOPIC =
      bits(
          EnumSet.of(
              AclOperation.READ,
              AclOperation.WRITE,
              AclOperation.CREATE,
              AclOperation.DELETE,
              AclOperation.ALTER,
              AclOperation.DESCRIBE,
              AclOperation.DESCRIBE_CONFIGS,
              AclOperation.ALTER_CONFIGS));
  private static final int ON_THE_CLUSTER =
      bits(
          EnumSet.of(
              AclOperation.CREATE,
              AclOperation.CLUSTER_ACTION,
              AclOperation.DESCRIBE_CONFIGS,
              AclOperation.ALTER_CONFIGS,
              AclOperation.IDEMPOTENT_WRITE,
              AclOperation.ALTER,
              AclOperation.DESCRIBE));

  private AuthorizedOperations() {}

  static int onTopic(boolean asked) {
    return asked ? ON_A_TOPIC : NOT_ASKED;
  }

  static int onCluster(boolean asked) {
    return asked ? ON_THE_CLUSTER : NOT_ASKED;
  }

  private static int bits(Set<AclOperation> operations) {
    return Utils.to32BitField(
        operations.stream().map(AclOperation::code).collect(Collectors.toSet()));
  }
}
