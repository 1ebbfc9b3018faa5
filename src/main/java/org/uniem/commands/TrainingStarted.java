package org.uniem.commands;

import java.nio.file.Path;
import org.scijava.event.SciJavaEvent;

/** Says that a training begins, whose records will be found in its model folder. Immutable. */
final class TrainingStarted extends SciJavaEvent {

  private final Path model;

  /**
   * @param model the model folder; need not exist yet
   */
  TrainingStarted(Path model) {
    this.model = model;
  }

  Path model() {
    return model;
  }
}
