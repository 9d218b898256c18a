package io.castalia.actors.group;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What the coordinators of a slot share.
 *
 * @param slot persists what they decide, and is told how their groups are
 * @param answers those in the epoch in which the slot has its log
 */
record SlotTies(ActorRef<SlotCommand> slot, GroupAnswers answers, GroupResources resources) {}
