package org.uniem.commands.execution;

import org.scijava.ui.UIService;
import org.uniem.job.JavaMemory;
import org.uniem.networks.TensorFlowLibrary;

/** Decides whether networks run in this Java or in a process of their own. */
@FunctionalInterface
public interface NetworkPlace {

  /**
   * Overrules the decision: {@code always} or {@code never}; {@code inside} in a network process.
   */
  String PROPERTY = JavaMemory.PROCESS_PROPERTY;

  /** Whether they run in a process of their own. */
  boolean apart();

  /**
   * In a process of their own where there are windows with unsaved work, or another TensorFlow is
   * in the way here.
   *
   * @param ui null where the application has no windows
   */
  static NetworkPlace usual(UIService ui) {
    return () ->
        switch (System.getProperty(PROPERTY, "")) {
          case "always" -> true;
          case "never", JavaMemory.INSIDE -> false;
          default -> hasWindows(ui) || TensorFlowLibrary.conflict().isPresent();
        };
  }

  private static boolean hasWindows(UIService ui) {
    // Not whether they are visible yet: macros may run while Fiji starts.
    return ui != null && !ui.isHeadless() && ui.getDefaultUI() != null;
  }
}
