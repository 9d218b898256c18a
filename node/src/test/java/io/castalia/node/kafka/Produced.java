package io.castalia.node.kafka;

import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ProduceResponse;

/** What a producer is told of the one partition that it wrote to. */
record Produced(Errors error, long baseOffset) {
  static Produced of(ProduceResponse response) {
    PartitionProduceResponse only =
        response.data().responses().iterator().next().partitionResponses().get(0);
    return new Produced(Errors.forCode(only.errorCode()), only.baseOffset());
  }
}
