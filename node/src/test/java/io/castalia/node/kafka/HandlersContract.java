package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds of all handlers of a part of the gateway. */
public interface HandlersContract {
  List<RequestHandler<?>> handlers();

  /** A request that asks for nothing. */
  default ApiMessage empty(ApiKeys key) {
    return key.messageType.newRequest();
  }

  @Test
  default void shouldFitInOneTable() {
    assertThat(ApiTable.of(handlers())).isNotNull();
  }

  /** Clients infer the version of Kafka from the ranges, so ours are those of one release. */
  @Test
  default void shouldKeepTheVersionRangesOfOneRealRelease() {
    assertThat(handlers())
        .allSatisfy(
            handler -> {
              assertThat(handler.minVersion()).isEqualTo(handler.key().oldestVersion());
              assertThat(handler.maxVersion()).isEqualTo(handler.key().latestVersion(false));
            });
  }

  @TestFactory
  default List<DynamicTest> shouldAnswerAnEmptyRequestInEveryVersion() {
    List<DynamicTest> tests = new ArrayList<>();
    for (RequestHandler<?> handler : handlers()) {
      IntStream.rangeClosed(handler.minVersion(), handler.maxVersion())
          .mapToObj(version -> emptyRequest(handler, version))
          .forEach(tests::add);
    }
    return tests;
  }

  private DynamicTest emptyRequest(RequestHandler<?> handler, int version) {
    return DynamicTest.dynamicTest(
        handler.key() + " v" + version,
        () -> {
          ApiMessage answer =
              Exchange.send(handler, empty(handler.key()), version, ApiMessage.class);
          assertThat(answer.apiKey()).isEqualTo(handler.key().id);
        });
  }
}
