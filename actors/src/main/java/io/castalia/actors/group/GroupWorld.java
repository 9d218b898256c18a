package io.castalia.actors.group;

import java.util.function.Supplier;

/**
 * What decisions about a group depend on beside the group.
 *
 * @param now milliseconds since the epoch
 * @param topics what the cluster knows about topics
 * @param ids makes an id that was never made before
 */
record GroupWorld(GroupRules rules, long now, GroupTopics topics, Supplier<String> ids) {}
