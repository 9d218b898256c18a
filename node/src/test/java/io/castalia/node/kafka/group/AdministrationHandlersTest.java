package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.ClientAddress;
import io.castalia.actors.group.GroupDescription;
import io.castalia.actors.group.GroupDescription.MemberDescription;
import io.castalia.actors.group.ListQuery;
import io.castalia.actors.group.ListReply;
import io.castalia.actors.group.ListReply.GroupListing;
import io.castalia.actors.group.MemberIdentity;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroupMember;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class AdministrationHandlersTest {
  private final FakeGroups groups = new FakeGroups();
  private final FakeCluster cluster = new FakeCluster();

  @Test
  void shouldListGroupsWithStateAndType() {
    groups.listed =
        new ListReply(
            Errors.NONE, List.of(new GroupListing("billing", "consumer", "Stable", "classic")));
    ListGroupsRequestData request =
        new ListGroupsRequestData()
            .setStatesFilter(List.of("Stable"))
            .setTypesFilter(List.of("classic"));

    ListedGroup group = list(request).groups().get(0);

    assertThat(group.groupId()).isEqualTo("billing");
    assertThat(group.protocolType()).isEqualTo("consumer");
    assertThat(group.groupState()).isEqualTo("Stable");
    assertThat(group.groupType()).isEqualTo("classic");
    assertThat(groups.asked(ListQuery.class))
        .isEqualTo(new ListQuery(Set.of("Stable"), Set.of("classic")));
  }

  @Test
  void shouldListAGroupOnTheNodeThatClientsAreSentToForIt() {
    groups.listed =
        new ListReply(
            Errors.NONE,
            IntStream.range(0, 100)
                .mapToObj(
                    index -> new GroupListing("group-" + index, "consumer", "Empty", "classic"))
                .toList());
    cluster.serveAt(new Node(1, "127.0.0.1", 9092), new Node(2, "127.0.0.1", 9093));
    CoordinatorNodes coordinators = new CoordinatorNodes(cluster);

    List<ListedGroup> here = list(new ListGroupsRequestData()).groups();

    assertThat(here)
        .hasSizeBetween(20, 80)
        .allSatisfy(
            group -> assertThat(coordinators.of(group.groupId()).orElseThrow().id()).isEqualTo(1));
  }

  @Test
  void shouldSayThatGroupsAreMissing() {
    groups.listed = new ListReply(Errors.COORDINATOR_NOT_AVAILABLE, List.of());

    assertThat(Errors.forCode(list(new ListGroupsRequestData()).errorCode()))
        .isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
  }

  @Test
  void shouldDescribeMembersWithTheirHosts() {
    MemberDescription member =
        new MemberDescription(
            new MemberIdentity("m-1", Optional.of("till-1")),
            new ClientAddress("till", "/10.0.0.7"),
            ByteString.fromString("metadata"),
            ByteString.fromString("assignment"));
    groups.described.put(
        "billing",
        new GroupDescription(
            Errors.NONE, "billing", "Stable", "consumer", "range", List.of(member)));

    DescribedGroup group = describe(6, true, "billing").get(0);

    assertThat(group.groupState()).isEqualTo("Stable");
    assertThat(group.protocolType()).isEqualTo("consumer");
    assertThat(group.protocolData()).isEqualTo("range");
    assertThat(group.errorMessage()).isNull();
    assertThat(group.authorizedOperations()).isPositive();
    DescribedGroupMember shown = group.members().get(0);
    assertThat(shown.memberId()).isEqualTo("m-1");
    assertThat(shown.groupInstanceId()).isEqualTo("till-1");
    assertThat(shown.clientId()).isEqualTo("till");
    assertThat(shown.clientHost()).isEqualTo("/10.0.0.7");
    assertThat(shown.memberMetadata()).asString().isEqualTo("metadata");
    assertThat(shown.memberAssignment()).asString().isEqualTo("assignment");
  }

  @Test
  void shouldCallAnUnknownGroupDeadInOldVersionsAndNotFoundInNewOnes() {
    DescribedGroup old = describe(5, false, "gone").get(0);
    DescribedGroup now = describe(6, false, "gone").get(0);

    assertThat(old.groupState()).isEqualTo("Dead");
    assertThat(old.errorCode()).isZero();
    assertThat(old.authorizedOperations()).isEqualTo(Integer.MIN_VALUE);
    assertThat(now.groupState()).isEqualTo("Dead");
    assertThat(Errors.forCode(now.errorCode())).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(now.errorMessage()).contains("\"gone\"");
  }

  @Test
  void shouldDescribeEveryGroupAskedFor() {
    assertThat(describe(6, false, "b", "a", "c"))
        .extracting(DescribedGroup::groupId)
        .containsExactly("b", "a", "c");
  }

  @Test
  void shouldDeleteGroupsAndSayWhichItCouldNot() {
    groups.error = Errors.NON_EMPTY_GROUP;

    DeleteGroupsResponseData answer =
        Exchange.send(
            new DeleteGroupsHandler(groups),
            new DeleteGroupsRequestData().setGroupsNames(List.of("a", "b", "a")),
            3,
            DeleteGroupsResponseData.class);

    assertThat(answer.results()).hasSize(2);
    assertThat(Errors.forCode(answer.results().find("a").errorCode()))
        .isEqualTo(Errors.NON_EMPTY_GROUP);
    assertThat(answer.results().find("b").errorMessage()).isNotEmpty();
  }

  private ListGroupsResponseData list(ListGroupsRequestData request) {
    return Exchange.send(
        new ListGroupsHandler(groups, new CoordinatorNodes(cluster)),
        request,
        5,
        ListGroupsResponseData.class);
  }

  private List<DescribedGroup> describe(int version, boolean operations, String... ids) {
    return Exchange.send(
            new DescribeGroupsHandler(groups),
            new DescribeGroupsRequestData()
                .setGroups(List.of(ids))
                .setIncludeAuthorizedOperations(operations),
            version,
            DescribeGroupsResponseData.class)
        .groups();
  }
}
