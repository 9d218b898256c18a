package io.castalia.actors.group;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * A group of the consumer protocol as it is now.
 *
 * @param error {@link Errors#NONE} or why there is nothing to see
 * @param state Kafka's name of it, for example {@code "Reconciling"}
 * @param groupEpoch grows with every change of members, subscriptions and topics
 * @param assignmentEpoch the epoch for which the target was made
 * @param assignor what most members prefer
 */
public record ConsumerGroupDescription(
    Errors error,
    String groupId,
    String state,
    int groupEpoch,
    int assignmentEpoch,
    String assignor,
    List<ConsumerDescription> members)
    implements GroupReply {
  public ConsumerGroupDescription {
    members = List.copyOf(members);
  }

  /**
   * A member.
   *
   * @param classic it uses the classic protocol
   * @param regex the expression that it subscribed with; empty for none
   * @param assigned what it may read
   * @param target what it should have
   */
  public record ConsumerDescription(
      MemberIdentity member,
      ClientAddress client,
      boolean classic,
      Optional<String> rackId,
      int epoch,
      Set<String> topics,
      String regex,
      Map<Uuid, Set<Integer>> assigned,
      Map<Uuid, Set<Integer>> target) {
    public ConsumerDescription {
      topics = Set.copyOf(topics);
      assigned = new Assignment(assigned).partitions();
      target = new Assignment(target).partitions();
    }
  }

  public static ConsumerGroupDescription refused(String groupId, Errors error) {
    return new ConsumerGroupDescription(error, groupId, "Dead", 0, 0, "", List.of());
  }
}
