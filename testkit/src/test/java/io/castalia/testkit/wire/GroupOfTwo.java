package io.castalia.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.wire.WireGroup.Asker;
import java.io.IOException;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * Two members of a classic group, each with a connection of its own, brought step by step to where
 * a test wants them. The leader came first and has had a generation for itself.
 */
final class GroupOfTwo implements AutoCloseable {
  private static final String PROTOCOL = "range";

  private final String group;
  private final int sessionMillis;
  private Wire leaderWire;
  private Wire followerWire;
  private Asker leader;
  private Asker follower;

  /** The leader is there, alone. */
  GroupOfTwo(String bootstrap, String group, int sessionMillis) throws IOException {
    this.group = group;
    this.sessionMillis = sessionMillis;
    this.leaderWire = new Wire(bootstrap);
    this.followerWire = new Wire(bootstrap);
    this.leader = leads().joinAlone(group, null);
    this.follower = Asker.of(group, "", -1);
  }

  Asker leader() {
    return leader;
  }

  Asker follower() {
    return follower;
  }

  WireGroup leads() {
    return new WireGroup(leaderWire);
  }

  WireGroup follows() {
    return new WireGroup(followerWire);
  }

  Wire leaderWire() {
    return leaderWire;
  }

  Wire followerWire() {
    return followerWire;
  }

  /** Both speak on new connections. */
  void reconnect(String bootstrap) throws IOException {
    close();
    leaderWire = new Wire(bootstrap);
    followerWire = new Wire(bootstrap);
  }

  private JoinGroupRequestData joining(Asker asker) {
    return WireGroup.joining(asker, PROTOCOL)
        .setSessionTimeoutMs(sessionMillis)
        .setRebalanceTimeoutMs(2 * sessionMillis);
  }

  /** The follower asks to join, and waits for the leader to do so again. */
  RequestHeader followerAsks() throws IOException {
    JoinGroupResponseData named = follows().join(joining(Asker.of(group, "", -1)));
    assertThat(Errors.forCode(named.errorCode())).isEqualTo(Errors.MEMBER_ID_REQUIRED);
    follower = Asker.of(group, named.memberId(), -1);
    RequestHeader held = followerWire.send(joining(follower), WireGroup.JOIN);
    Errors answer = Errors.NONE;
    while (answer == Errors.NONE) {
      answer = leads().heartbeat(leader);
    }
    assertThat(answer).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    return held;
  }

  /** Both have joined a generation, and have not asked for their assignments. */
  GroupOfTwo join() throws IOException {
    RequestHeader held = followerAsks();
    leaderJoins();
    JoinGroupResponseData followed = followerWire.receive(held, JoinGroupResponseData.class);
    assertThat(followed.generationId()).isEqualTo(leader.generation());
    follower = follower.of(followed.generationId());
    return this;
  }

  /** The leader joins the next generation, which is complete with it. */
  void leaderJoins() throws IOException {
    leader = joinAgain(leads(), leader);
  }

  private Asker joinAgain(WireGroup speaker, Asker asker) throws IOException {
    JoinGroupResponseData joined = speaker.join(joining(asker));
    assertThat(Errors.forCode(joined.errorCode())).isEqualTo(Errors.NONE);
    return asker.of(joined.generationId());
  }

  /** The leader has a generation for itself. */
  void leaderGoesOnAlone() throws IOException {
    leader = goOnAlone(leads(), leader);
  }

  /** The follower has a generation for itself, and leads it. */
  void followerGoesOnAlone() throws IOException {
    follower = goOnAlone(follows(), follower);
  }

  private Asker goOnAlone(WireGroup speaker, Asker asker) throws IOException {
    Asker alone = joinAgain(speaker, asker);
    assertThat(speaker.sync(alone, PROTOCOL, alone.member())).isEqualTo(Errors.NONE);
    assertThat(speaker.heartbeat(alone)).isEqualTo(Errors.NONE);
    return alone;
  }

  /** The leader assigns to both, and is answered. */
  Errors leaderSyncs() throws IOException {
    return leads().sync(leader, PROTOCOL, leader.member(), follower.member());
  }

  /** What the follower is assigned: its own id, if all is well. */
  SyncGroupResponseData followerSyncs() throws IOException {
    return followerWire.receive(followerAsksForAssignment(), SyncGroupResponseData.class);
  }

  RequestHeader followerAsksForAssignment() throws IOException {
    return followerWire.send(WireGroup.syncing(follower, PROTOCOL), WireGroup.SYNC);
  }

  /** Both have their assignments. */
  GroupOfTwo stabilise() throws IOException {
    join();
    assertThat(leaderSyncs()).isEqualTo(Errors.NONE);
    assertThat(Errors.forCode(followerSyncs().errorCode())).isEqualTo(Errors.NONE);
    return this;
  }

  /** A group that has gone wrong begins anew with both, as clients do when they are told to. */
  void beginAnew() throws IOException {
    leaderGoesOnAlone();
    stabilise();
    assertThat(leads().heartbeat(leader)).isEqualTo(Errors.NONE);
    assertThat(follows().heartbeat(follower)).isEqualTo(Errors.NONE);
  }

  @Override
  public void close() throws IOException {
    leaderWire.close();
    followerWire.close();
  }
}
