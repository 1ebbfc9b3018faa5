package org.uniem.fiji.labkit;

import java.awt.BorderLayout;
import java.awt.EventQueue;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import org.uniem.job.ProgressListener;

/** How a training goes, and a button that stops it. */
final class TrainingStrip extends JPanel implements ProgressListener {

  private static final long serialVersionUID = 1;
  private static final long NANOS_BETWEEN_REPORTS = 200_000_000L;

  /** How a training ends that the user stops. */
  static final String STOPPED = "Training stopped. Train again to go on from there.";

  private final JProgressBar bar = new JProgressBar(0, 1000);
  private final JLabel text = new JLabel("Starting the network ...");
  private final JButton stop = new JButton("Stop Training");
  private volatile long lastReport;
  private volatile String note = "";

  /**
   * @param stopping called once, when the user stops the training
   */
  TrainingStrip(Runnable stopping) {
    super(new BorderLayout(8, 0));
    setBorder(BorderFactory.createEmptyBorder(2, 8, 2, 8));
    bar.setIndeterminate(true);
    stop.setFocusable(false);
    stop.setToolTipText("Ends the training; what it has learned so far is kept");
    stop.addActionListener(
        event -> {
          stopping.run();
          // At once: its process may take a while to put its work away.
          ended(STOPPED);
        });
    add(stop, BorderLayout.LINE_START);
    add(text);
    add(bar, BorderLayout.LINE_END);
  }

  @Override
  public void progress(String stage, long done, long total, String unit) {
    long now = System.nanoTime();
    if (now - lastReport < NANOS_BETWEEN_REPORTS) {
      return;
    }
    lastReport = now;
    EventQueue.invokeLater(
        () -> {
          if (stop.isEnabled()) {
            text.setText(stage + ": " + done + " of " + total + " " + unit + note);
            bar.setIndeterminate(total <= 0);
            bar.setValue(total > 0 ? (int) (1000 * done / total) : 0);
          }
        });
  }

  @Override
  public void message(String message) {
    // The worker's sentences are for a log; how far it is stands in the bar.
  }

  /** Adds what else is to be known while it trains. */
  void note(String words) {
    note = "   " + words;
  }

  /** Shows how it ended. */
  void ended(String how) {
    EventQueue.invokeLater(
        () -> {
          stop.setEnabled(false);
          stop.setVisible(false);
          bar.setVisible(false);
          text.setText(how);
          text.setToolTipText(how);
        });
  }
}
