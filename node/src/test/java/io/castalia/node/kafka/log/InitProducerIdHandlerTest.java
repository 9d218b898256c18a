package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeTopics;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class InitProducerIdHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final InitProducerIdHandler handler = new InitProducerIdHandler(topics);

  @Test
  void shouldGiveANewIdInEveryVersion() {
    Set<Long> given = new HashSet<>();
    for (int version = handler.minVersion(); version <= handler.maxVersion(); version++) {
      InitProducerIdResponseData answer = send(version, withoutTransactions());
      assertThat(answer.errorCode()).isEqualTo(Errors.NONE.code());
      assertThat(answer.producerEpoch()).isZero();
      assertThat(given.add(answer.producerId())).isTrue();
    }
  }

  @Test
  void shouldGiveANewIdToAProducerThatHasOne() {
    InitProducerIdRequestData again =
        withoutTransactions().setProducerId(4711).setProducerEpoch((short) 2);
    InitProducerIdResponseData answer = send(5, again);
    assertThat(answer.errorCode()).isEqualTo(Errors.NONE.code());
    assertThat(answer.producerId()).isNotEqualTo(4711);
  }

  @Test
  void shouldRefuseAnIdWithoutAnEpoch() {
    InitProducerIdResponseData answer = send(5, withoutTransactions().setProducerId(1));
    assertThat(answer.errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
  }

  @Test
  void shouldHaveProducersTryAgainWhileTheRegistryGivesNoIds() {
    topics.giveNoProducerIds(new CoordinatorLoadInProgressException("not now"));

    InitProducerIdResponseData answer = send(5, withoutTransactions());

    assertThat(answer.errorCode()).isEqualTo(Errors.COORDINATOR_LOAD_IN_PROGRESS.code());
  }

  @Test
  void shouldRefuseTransactionsForGood() {
    InitProducerIdRequestData request = new InitProducerIdRequestData().setTransactionalId("");
    assertThat(send(5, request).errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());

    Errors error = Errors.forCode(send(5, request.setTransactionalId("orders")).errorCode());

    assertThat(error).isEqualTo(Errors.UNSUPPORTED_VERSION);
    assertThat(error.exception()).isNotInstanceOf(RetriableException.class);
  }

  private static InitProducerIdRequestData withoutTransactions() {
    return new InitProducerIdRequestData().setTransactionalId(null);
  }

  private InitProducerIdResponseData send(int version, InitProducerIdRequestData request) {
    return Exchange.send(handler, request, version, InitProducerIdResponseData.class);
  }
}
