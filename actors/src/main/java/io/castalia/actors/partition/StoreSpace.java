package io.castalia.actors.partition;

/** How much room the store has, as far as this node knows. */
@FunctionalInterface
public interface StoreSpace {
  /** For a store whose disks are watched by those who run it. */
  StoreSpace AMPLE = () -> false;

  /** Whether new records are to be refused, so that everything else can go on. Never waits. */
  boolean isShort();
}
