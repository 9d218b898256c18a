package io.castalia.bench.applications;

import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import org.apache.pekko.actor.typed.ActorSystem;

/** A service that joins visits, one of several that share the work. */
public final class VisitsApplication {
  /** Its id. */
  static final String ID = "visits";

  private VisitsApplication() {}

  /**
   * Joins the cluster and works until the process is told to end.
   *
   * @param arguments HOST:PORT of a node in the cluster and of its Cassandra; and the port to
   *     listen on for other members
   */
  public static void main(String[] arguments) {
    ActorSystem<Void> system = CastaliaMember.join(arguments[0], arguments[1], arguments[2]);
    ProcessingApplication application =
        ProcessingApplication.start(
            system,
            Visits.topology(),
            ProcessingSettings.create(system, ID).withRole(CastaliaMember.ROLE));
    application.ready().toCompletableFuture().join();
    System.out.println(Job.READY);
  }
}
