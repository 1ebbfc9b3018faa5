package org.uniem.commands.floodfilling;

import java.nio.file.Path;
import org.scijava.event.SciJavaEvent;

/** Says that objects begin to grow, or that no more will. Immutable. */
final class FillingEvent extends SciJavaEvent {

  private final Path subvolumes;
  private final boolean running;

  /**
   * @param subvolumes folder of the subvolumes; need not exist yet
   * @param running whether it begins
   */
  FillingEvent(Path subvolumes, boolean running) {
    this.subvolumes = subvolumes.toAbsolutePath().normalize();
    this.running = running;
  }

  Path subvolumes() {
    return subvolumes;
  }

  boolean isRunning() {
    return running;
  }
}
