/** Members of a group that come, go and die under load, and what the group makes of it. */
@NullMarked
package io.castalia.bench.churn;

import org.jspecify.annotations.NullMarked;
