package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindCoordinatorHandlerTest {
  private static final byte TRANSACTION = 1;
  private static final byte SHARE = 2;

  private final FakeCluster cluster = new FakeCluster();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldNameOneNodeInTheOldVersions(int version) {
    FindCoordinatorResponseData answer =
        send(new FindCoordinatorRequestData().setKey("billing"), version);

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.nodeId()).isEqualTo(1);
    assertThat(answer.host()).isEqualTo("127.0.0.1");
    assertThat(answer.port()).isEqualTo(9092);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void shouldAnswerEveryKeyOfABatch(int version) {
    List<String> keys = List.of("billing", "", "audit", "billing");

    FindCoordinatorResponseData answer =
        send(new FindCoordinatorRequestData().setCoordinatorKeys(keys), version);

    assertThat(answer.coordinators()).extracting(Coordinator::key).isEqualTo(keys);
    assertThat(answer.coordinators()).allSatisfy(each -> assertThat(each.nodeId()).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(bytes = {TRANSACTION, SHARE})
  void shouldRefuseKeysOfOtherKindsWithAReason(byte type) {
    FindCoordinatorRequestData request =
        new FindCoordinatorRequestData()
            .setKeyType(type)
            .setKey("x")
            .setCoordinatorKeys(List.of("x"));

    Coordinator batched = send(request.duplicate().setKey(""), 6).coordinators().get(0);
    FindCoordinatorResponseData single = send(request.duplicate().setCoordinatorKeys(List.of()), 3);

    assertThat(Errors.forCode(batched.errorCode())).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(batched.errorMessage()).contains("are not served");
    assertThat(Errors.forCode(single.errorCode())).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(single.errorMessage()).contains("are not served");
    assertThat(single.nodeId()).isNegative();
  }

  /** librdkafka asks in these versions, and asks for ever unless told that it may not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldRefuseTransactionsSoThatOldClientsGiveUp(int version) {
    FindCoordinatorResponseData answer =
        send(new FindCoordinatorRequestData().setKeyType(TRANSACTION).setKey("x"), version);

    assertThat(Errors.forCode(answer.errorCode()))
        .isEqualTo(Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    assertThat(answer.errorMessage()).contains("are not served");
  }

  @Test
  void shouldAskToTryAgainWhileNoNodeServesClients() {
    cluster.serveAt();

    Coordinator answer =
        send(new FindCoordinatorRequestData().setCoordinatorKeys(List.of("billing")), 6)
            .coordinators()
            .get(0);

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
  }

  @Test
  void shouldSpreadGroupsAndMoveOnlyThoseOfANodeThatLeaves() {
    Node one = new Node(1, "127.0.0.1", 9092);
    Node two = new Node(2, "127.0.0.1", 9093);
    Node three = new Node(3, "127.0.0.1", 9094);
    cluster.serveAt(one, two, three);
    List<Coordinator> before = findMany();
    cluster.serveAt(three, one);

    List<Coordinator> after = findMany();

    assertThat(before).extracting(Coordinator::nodeId).contains(1, 2, 3);
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).nodeId() != 2) {
        assertThat(after.get(i)).isEqualTo(before.get(i));
      }
    }
  }

  private List<Coordinator> findMany() {
    List<String> keys = IntStream.range(0, 100).mapToObj(index -> "group-" + index).toList();
    return send(new FindCoordinatorRequestData().setCoordinatorKeys(keys), 6).coordinators();
  }

  private FindCoordinatorResponseData send(FindCoordinatorRequestData request, int version) {
    return Exchange.send(
        new FindCoordinatorHandler(new CoordinatorNodes(cluster)),
        request,
        version,
        FindCoordinatorResponseData.class);
  }
}
