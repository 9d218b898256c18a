package io.castalia.actors.group;

/** Who is in a group, by the protocol that the group uses, as it outlives its coordinator. */
sealed interface Membership permits Generation, ConsumerMembership {

  /** When it began; without members, since when there have been none. */
  long since();
}
