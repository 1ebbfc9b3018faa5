package org.uniem.fiji.labkit;

import java.awt.Dialog;
import java.awt.Frame;
import javax.swing.JDialog;
import javax.swing.WindowConstants;
import org.uniem.viewers.EventThread;

/** The progress of a training in a window of its own, where Labkit's window has no place for it. */
final class TrainingDialog {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 80;

  private final JDialog dialog;

  private TrainingDialog(TrainingStrip strip) {
    dialog = new JDialog((Frame) null, "UNI-EM Network", false);
    dialog.setModalityType(Dialog.ModalityType.MODELESS);
    dialog.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    dialog.add(strip);
    dialog.setSize(WIDTH, HEIGHT);
    dialog.setAlwaysOnTop(true);
    dialog.setVisible(true);
  }

  static TrainingDialog show(TrainingStrip strip) {
    return EventThread.get(() -> new TrainingDialog(strip));
  }

  void close() {
    EventThread.run(dialog::dispose);
  }
}
