package io.castalia.streams;

import io.castalia.api.group.GroupMember;
import io.castalia.api.group.MemberCommand;
import io.castalia.api.group.MemberEvent;
import io.castalia.api.group.MemberSettings;
import io.castalia.api.group.MemberSubscription;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Who gives a stream its partitions: its group, or its own subscription. */
final class Memberships {
  private Memberships() {}

  static Behavior<MemberCommand> of(
      ConsumerSettings<?, ?> settings, Subscription subscription, ActorRef<MemberEvent> stream) {
    return subscription instanceof Subscription.Manual manual
        ? ManualMember.create(settings, manual, stream)
        : GroupMember.create(member(settings.group(), (Subscription.Auto) subscription), stream);
  }

  private static MemberSettings member(GroupSettings group, Subscription.Auto subscription) {
    MemberSettings member =
        MemberSettings.create(
                group.groupId(),
                topics(subscription).withRebalanceTimeout(group.rebalanceTimeout()))
            .withClientId(group.clientId());
    return group.instanceId().map(member::withInstanceId).orElse(member);
  }

  private static MemberSubscription topics(Subscription.Auto subscription) {
    return subscription instanceof Subscription.Topics named
        ? MemberSubscription.to(named.topics())
        : MemberSubscription.matching(((Subscription.TopicPattern) subscription).pattern());
  }
}
