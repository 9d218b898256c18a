package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.ApiTable;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.message.DescribeAclsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AdminHandlersTest {
  private final List<RequestHandler<?>> handlers =
      AdminHandlers.all(
          new FakeTopics(), new FakePartitions(), new FakeCluster(), Map::of, "store");

  @Test
  void shouldFitInOneTable() {
    assertThat(ApiTable.of(handlers)).isNotNull();
  }

  /** Clients infer the version of Kafka from the ranges, so ours are those of one release. */
  @Test
  void shouldKeepTheVersionRangesOfOneRealRelease() {
    assertThat(handlers)
        .allSatisfy(
            handler -> {
              assertThat(handler.minVersion()).isEqualTo(handler.key().oldestVersion());
              assertThat(handler.maxVersion()).isEqualTo(handler.key().latestVersion(false));
            });
  }

  @TestFactory
  List<DynamicTest> shouldAnswerAnEmptyRequestInEveryVersion() {
    List<DynamicTest> tests = new ArrayList<>();
    for (RequestHandler<?> handler : handlers) {
      IntStream.rangeClosed(handler.minVersion(), handler.maxVersion())
          .mapToObj(version -> emptyRequest(handler, version))
          .forEach(tests::add);
    }
    return tests;
  }

  private static DynamicTest emptyRequest(RequestHandler<?> handler, int version) {
    return DynamicTest.dynamicTest(
        handler.key() + " v" + version,
        () -> {
          ApiMessage answer =
              Exchange.send(handler, empty(handler.key()), version, ApiMessage.class);
          assertThat(answer.apiKey()).isEqualTo(handler.key().id);
        });
  }

  /** Only a filter of access rules has no empty form: it must name what it looks for. */
  private static ApiMessage empty(ApiKeys key) {
    return key == ApiKeys.DESCRIBE_ACLS
        ? new DescribeAclsRequestData()
            .setResourceTypeFilter(ResourceType.ANY.code())
            .setOperation(AclOperation.ANY.code())
            .setPermissionType(AclPermissionType.ANY.code())
        : key.messageType.newRequest();
  }
}
