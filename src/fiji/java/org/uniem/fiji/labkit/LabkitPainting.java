package org.uniem.fiji.labkit;

import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.WindowConstants;
import org.scijava.Context;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.job.Job;
import org.uniem.job.UniemException;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.LabelPainter.Painting;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import sc.fiji.labkit.ui.labeling.Labeling;
import sc.fiji.labkit.ui.models.DefaultSegmentationModel;

/** A window of Labkit that saves to one label stack. */
final class LabkitPainting implements Painting {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 900;

  private final PaintedLabels labels;
  private final PaintedImage image;
  private final DefaultSegmentationModel model;
  private final JFrame frame;
  private final PaintingPanel panel;
  private final JLabel status = new JLabel();
  private final List<Runnable> closeActions = new ArrayList<>();
  private final Object saving = new Object();
  private volatile boolean modified;
  private volatile boolean open = true;

  /** Called on the event dispatch thread. */
  LabkitPainting(
      Context context,
      Volume images,
      PaintedLabels labels,
      Labeling labeling,
      ContrastRange contrast) {
    this.labels = labels;
    image = new PaintedImage(images, contrast);
    model = new DefaultSegmentationModel(context, image);
    model.imageLabelingModel().labeling().set(labeling);
    selectFirstForeground(labeling);
    frame = new JFrame("Paint Labels - " + images.name());
    panel = new PaintingPanel(frame, model, this::saveInBackground);
    model.imageLabelingModel().dataChangedNotifier().addListener(where -> changed());
    model.imageLabelingModel().labeling().notifier().addListener(this::changed);
    show("Labels are saved to " + labels.output() + " when this window closes, or by Save Labels.");
    layOut();
  }

  private void selectFirstForeground(Labeling labeling) {
    int first = Math.min(1, labeling.getLabels().size() - 1);
    model.imageLabelingModel().selectedLabel().set(labeling.getLabels().get(first));
  }

  private void layOut() {
    JButton save = new JButton("Save Labels");
    save.setToolTipText("Saves to " + labels.output());
    save.setFocusable(false);
    save.addActionListener(event -> saveInBackground());
    JPanel strip = new JPanel(new BorderLayout(8, 0));
    strip.setBorder(BorderFactory.createEmptyBorder(2, 8, 6, 8));
    strip.add(save, BorderLayout.LINE_START);
    strip.add(status);
    frame.add(panel);
    frame.add(strip, BorderLayout.PAGE_END);
    frame.setJMenuBar(panel.menuBar());
    frame.setSize(WIDTH, HEIGHT);
    frame.setLocationByPlatform(true);
    frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            inBackground(LabkitPainting.this::close);
          }
        });
    frame.setVisible(true);
    panel.editSliceBySlice();
  }

  private void changed() {
    if (!modified) {
      modified = true;
      show("Not saved yet; closing this window saves to " + labels.output() + ".");
    }
  }

  private void show(String text) {
    status.setText(text);
    status.setToolTipText(text);
  }

  private void saveInBackground() {
    show("Saving to " + labels.output() + " ...");
    inBackground(this::save);
  }

  /** On a thread that the application waits for when it quits; a failure is shown. */
  private void inBackground(Runnable action) {
    new Thread(
            () -> {
              try {
                action.run();
              } catch (UniemException e) {
                EventQueue.invokeLater(() -> showFailure(e));
              }
            },
            "uniem-save-labels")
        .start();
  }

  private void showFailure(UniemException e) {
    show("Not saved: " + e.getMessage());
    JOptionPane.showMessageDialog(frame, e.getMessage(), "Not saved", JOptionPane.ERROR_MESSAGE);
  }

  @Override
  public void save() {
    synchronized (saving) {
      Labeling labeling = model.imageLabelingModel().labeling().get();
      LabelKey key = ClassLabeling.key(labeling);
      modified = false;
      try (Job job = Job.silent()) {
        labels.save(ClassLabeling.reader(labeling, key), key, job);
      } catch (RuntimeException e) {
        modified = true;
        throw e;
      }
    }
    EventQueue.invokeLater(() -> show("Saved to " + labels.output() + "."));
  }

  @Override
  public boolean isModified() {
    return modified;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void onClose(Runnable action) {
    EventThread.run(() -> closeActions.add(action));
  }

  /**
   * {@inheritDoc} What was painted since the last save is saved first: it exists nowhere else.
   *
   * @throws org.uniem.job.OutputException if it cannot be saved; the window stays open then
   */
  @Override
  public void close() {
    if (open && modified) {
      save();
    }
    EventThread.run(
        () -> {
          if (open) {
            open = false;
            panel.close();
            frame.dispose();
            image.close();
            closeActions.forEach(Runnable::run);
          }
        });
  }

  JFrame frame() {
    return frame;
  }

  DefaultSegmentationModel model() {
    return model;
  }
}
