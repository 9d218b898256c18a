/**
 * Which member of a consumer group should have which partitions: Kafka's server-side assignors.
 * Pure; knows neither epochs nor who has let go of what.
 */
@NullMarked
package io.castalia.actors.group.assignor;

import org.jspecify.annotations.NullMarked;
