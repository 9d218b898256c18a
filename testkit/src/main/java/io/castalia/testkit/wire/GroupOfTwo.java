package io.castalia.testkit.wire;

import io.castalia.testkit.wire.WireGroup.Asker;
import java.io.IOException;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * Two members of a classic group, each with a connection of its own, brought step by step to where
 * a test wants them. The leader came first and has had a generation for itself. A step that the
 * broker answers otherwise than expected throws an {@link AssertionError}.
 */
public final class GroupOfTwo implements AutoCloseable {
  private static final String PROTOCOL = "range";

  private final String group;
  private final int sessionMillis;
  private Wire leaderWire;
  private Wire followerWire;
  private Asker leader;
  private Asker follower;

  /**
   * The leader is there, alone.
   *
   * @param bootstrap HOST:PORT
   * @param sessionMillis session timeout of both, and half of their rebalance timeout
   */
  public GroupOfTwo(String bootstrap, String group, int sessionMillis) throws IOException {
    this.group = group;
    this.sessionMillis = sessionMillis;
    this.leaderWire = new Wire(bootstrap);
    this.followerWire = new Wire(bootstrap);
    this.leader = leads().joinAlone(group, null);
    this.follower = Asker.of(group, "", -1);
  }

  /** The leader, of the generation that it joined last. */
  public Asker leader() {
    return leader;
  }

  /** The follower, of the generation that it joined last. */
  public Asker follower() {
    return follower;
  }

  /** Requests by the leader's connection. */
  public WireGroup leads() {
    return new WireGroup(leaderWire);
  }

  /** Requests by the follower's connection. */
  public WireGroup follows() {
    return new WireGroup(followerWire);
  }

  /** The leader's connection. */
  public Wire leaderWire() {
    return leaderWire;
  }

  /** The follower's connection. */
  public Wire followerWire() {
    return followerWire;
  }

  /** Both speak on new connections. */
  public void reconnect(String bootstrap) throws IOException {
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
  public RequestHeader followerAsks() throws IOException {
    JoinGroupResponseData named = follows().join(joining(Asker.of(group, "", -1)));
    expect(Errors.MEMBER_ID_REQUIRED, Errors.forCode(named.errorCode()));
    follower = Asker.of(group, named.memberId(), -1);
    RequestHeader held = followerWire.send(joining(follower), WireGroup.JOIN);
    Errors answer = Errors.NONE;
    while (answer == Errors.NONE) {
      answer = leads().heartbeat(leader);
    }
    expect(Errors.REBALANCE_IN_PROGRESS, answer);
    return held;
  }

  /** Both have joined a generation, and have not asked for their assignments. */
  public GroupOfTwo join() throws IOException {
    RequestHeader held = followerAsks();
    leaderJoins();
    JoinGroupResponseData followed = followerWire.receive(held, JoinGroupResponseData.class);
    expect(leader.generation(), followed.generationId());
    follower = follower.of(followed.generationId());
    return this;
  }

  /** The leader joins the next generation, which is complete with it. */
  public void leaderJoins() throws IOException {
    leader = joinAgain(leads(), leader);
  }

  private Asker joinAgain(WireGroup speaker, Asker asker) throws IOException {
    JoinGroupResponseData joined = speaker.join(joining(asker));
    expect(Errors.NONE, Errors.forCode(joined.errorCode()));
    return asker.of(joined.generationId());
  }

  /** The leader has a generation for itself. */
  public void leaderGoesOnAlone() throws IOException {
    leader = goOnAlone(leads(), leader);
  }

  /** The follower has a generation for itself, and leads it. */
  public void followerGoesOnAlone() throws IOException {
    follower = goOnAlone(follows(), follower);
  }

  private Asker goOnAlone(WireGroup speaker, Asker asker) throws IOException {
    Asker alone = joinAgain(speaker, asker);
    expect(Errors.NONE, speaker.sync(alone, PROTOCOL, alone.member()));
    expect(Errors.NONE, speaker.heartbeat(alone));
    return alone;
  }

  /** The leader assigns to both, and is answered. */
  public Errors leaderSyncs() throws IOException {
    return leads().sync(leader, PROTOCOL, leader.member(), follower.member());
  }

  /** What the follower is assigned: its own id, if all is well. */
  public SyncGroupResponseData followerSyncs() throws IOException {
    return followerWire.receive(followerAsksForAssignment(), SyncGroupResponseData.class);
  }

  /** The same without waiting; gives back what it takes to read the answer. */
  public RequestHeader followerAsksForAssignment() throws IOException {
    return followerWire.send(WireGroup.syncing(follower, PROTOCOL), WireGroup.SYNC);
  }

  /** Both have their assignments. */
  public GroupOfTwo stabilise() throws IOException {
    join();
    expect(Errors.NONE, leaderSyncs());
    expect(Errors.NONE, Errors.forCode(followerSyncs().errorCode()));
    return this;
  }

  /** A group that has gone wrong begins anew with both, as clients do when they are told to. */
  public void beginAnew() throws IOException {
    leaderGoesOnAlone();
    stabilise();
    expect(Errors.NONE, leads().heartbeat(leader));
    expect(Errors.NONE, follows().heartbeat(follower));
  }

  private static void expect(Object expected, Object came) {
    if (!expected.equals(came)) {
      throw new AssertionError("expected " + expected + ", but came " + came);
    }
  }

  @Override
  public void close() throws IOException {
    leaderWire.close();
    followerWire.close();
  }
}
