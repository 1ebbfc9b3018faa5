package org.uniem.fiji.labkit;

import javax.swing.JComponent;

/** A window that shows how a training goes and its predictions. Thread-safe. */
interface PredictionWindow {

  /** Shows a strip with the progress of a training, in place of an earlier one. */
  void showProgress(JComponent strip);

  /** Predicts anew what is looked at, with the weights there are now. */
  void refreshPredictions();

  /**
   * Has something closed with the window.
   *
   * @param action called once, on any thread
   */
  void onClose(Runnable action);
}
