package org.uniem.commands.progress;

import java.nio.file.Path;
import org.scijava.event.SciJavaEvent;

/** Says that a training begins, whose records will be found in its model folder. Immutable. */
public final class TrainingStarted extends SciJavaEvent {

  private final Path model;

  /**
   * @param model the model folder; need not exist yet
   */
  public TrainingStarted(Path model) {
    this.model = model;
  }

  public Path model() {
    return model;
  }
}
