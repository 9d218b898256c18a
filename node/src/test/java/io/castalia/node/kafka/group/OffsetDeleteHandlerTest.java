package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class OffsetDeleteHandlerTest extends OffsetHandlers {
  @Test
  void shouldForgetOffsetsAndRefuseUnknownPartitions() {
    OffsetDeleteResponseData answer = delete();

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.topics().find("orders").partitions().find(0).errorCode()).isZero();
    assertThat(Errors.forCode(answer.topics().find("orders").partitions().find(9).errorCode()))
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldGiveTheGroupsErrorWithoutPartitions() {
    groups.error = Errors.GROUP_ID_NOT_FOUND;

    OffsetDeleteResponseData answer = delete();

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(answer.topics()).isEmpty();
  }

  private OffsetDeleteResponseData delete() {
    OffsetDeleteRequestTopic topic =
        new OffsetDeleteRequestTopic()
            .setName("orders")
            .setPartitions(
                IntStream.of(0, 9)
                    .mapToObj(index -> new OffsetDeleteRequestPartition().setPartitionIndex(index))
                    .toList());
    return Exchange.send(
        new OffsetDeleteHandler(groups, names),
        new OffsetDeleteRequestData()
            .setGroupId("billing")
            .setTopics(new OffsetDeleteRequestTopicCollection(List.of(topic).iterator())),
        0,
        OffsetDeleteResponseData.class);
  }
}
