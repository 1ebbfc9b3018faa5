package org.uniem.fiji.labkit;

import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.WindowConstants;
import org.scijava.Context;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.job.Job;
import org.uniem.job.UniemException;
import org.uniem.viewers.AtExit;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.LabelPainter.Painting;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import sc.fiji.labkit.ui.labeling.Labeling;
import sc.fiji.labkit.ui.models.DefaultSegmentationModel;
import sc.fiji.labkit.ui.models.SegmentationItem;

/** A window of Labkit that saves to one label stack. */
final class LabkitPainting implements Painting, PredictionWindow {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 900;

  private final PaintedLabels labels;
  private final PaintedImage image;
  private final DefaultSegmentationModel model;
  private final JFrame frame;
  private final PaintingPanel panel;
  private final JLabel status = new JLabel();
  private final JPanel progress = new JPanel(new BorderLayout());
  private final List<Runnable> closeActions = new ArrayList<>();
  private final Object saving = new Object();
  private final AtExit saveAtExit;
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
    image = new PaintedImage(images, contrast, this);
    model = new DefaultSegmentationModel(context, image);
    model.extensionPoints().setCachedSegmentationImageFactory(new CellsInMemory());
    model.extensionPoints().setCachedPredictionImageFactory(new CellsInMemory());
    model.imageLabelingModel().labeling().set(labeling);
    frame = new JFrame("Paint Labels - " + images.name());
    panel = new PaintingPanel(frame, model, this::saveInBackground);
    // Only now, since the lists of the panel show no earlier selection.
    selectFirstForeground(labeling);
    NetworkSegmenterPlugin network = new NetworkSegmenterPlugin();
    context.inject(network);
    model.segmenterList().selectedSegmenter().set(model.segmenterList().addSegmenter(network));
    model.imageLabelingModel().dataChangedNotifier().addListener(where -> changed());
    model.imageLabelingModel().labeling().notifier().addListener(this::changed);
    show("Labels are saved to " + name() + " when this window closes, or by Save Labels.");
    layOut();
    saveAtExit = new AtExit(this::saveIfModified);
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
    JButton train = new JButton("Train Network");
    train.setToolTipText("Trains on what is painted and shows the prediction in this window");
    train.setFocusable(false);
    train.addActionListener(event -> trainSelected());
    JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEADING, 8, 0));
    buttons.add(save);
    buttons.add(train);
    JPanel strip = new JPanel(new BorderLayout());
    strip.setBorder(BorderFactory.createEmptyBorder(2, 0, 6, 8));
    strip.add(buttons, BorderLayout.LINE_START);
    strip.add(status);
    frame.add(panel);
    JPanel strips = new JPanel(new BorderLayout());
    strips.add(progress, BorderLayout.PAGE_START);
    strips.add(strip, BorderLayout.PAGE_END);
    frame.add(strips, BorderLayout.PAGE_END);
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

  private void trainSelected() {
    SegmentationItem item = model.segmenterList().selectedSegmenter().get();
    if (item == null) {
      show("Add a segmentation algorithm at the left first.");
      return;
    }
    new Thread(
            () -> {
              try {
                item.train(model.segmenterList().trainingData().get());
              } catch (CancellationException | UniemException e) {
                EventQueue.invokeLater(() -> show(e.getMessage()));
              } catch (RuntimeException e) {
                EventQueue.invokeLater(
                    () -> show("Training failed for an unexpected reason: " + e));
                throw e;
              }
            },
            "uniem-train-selected")
        .start();
  }

  private void changed() {
    if (!modified) {
      modified = true;
      show("Not saved yet; closing this window saves to " + name() + ".");
    }
  }

  private String name() {
    return labels.output().getFileName().toString();
  }

  private void show(String text) {
    status.setText(text);
    status.setToolTipText(labels.output().toString());
  }

  private void saveInBackground() {
    show("Saving to " + name() + " ...");
    inBackground(this::save);
  }

  /** On a thread that the application waits for when it quits; a failure is shown. */
  private void inBackground(Runnable action) {
    new Thread(
            () -> {
              try {
                action.run();
              } catch (UniemException e) {
                EventQueue.invokeLater(() -> showFailure(e.getMessage()));
              } catch (RuntimeException e) {
                EventQueue.invokeLater(
                    () -> showFailure("Saving failed, try again: " + e + " (" + name() + ")."));
                throw e;
              }
            },
            "uniem-save-labels")
        .start();
  }

  private void showFailure(String reason) {
    show("Not saved: " + reason);
    JOptionPane.showMessageDialog(frame, reason, "Not saved", JOptionPane.ERROR_MESSAGE);
  }

  @Override
  public void showProgress(JComponent strip) {
    EventThread.run(
        () -> {
          progress.removeAll();
          progress.add(strip);
          frame.revalidate();
        });
  }

  @Override
  public void refreshPredictions() {
    EventThread.run(
        () -> {
          SegmentationItem item = model.segmenterList().selectedSegmenter().get();
          if (open && item != null) {
            item.results(model.imageLabelingModel()).update();
          }
        });
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

  /** Waits for a save that is going on: Java must not end in the midst of it. */
  private void saveIfModified() {
    synchronized (saving) {
      if (modified) {
        save();
      }
    }
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
    // Not waited for: the caller may hold what the event dispatch thread waits for.
    EventQueue.invokeLater(
        () -> {
          if (open) {
            closeActions.add(action);
          } else {
            action.run();
          }
        });
  }

  /**
   * {@inheritDoc} What was painted since the last save is saved first: it exists nowhere else.
   *
   * @throws org.uniem.job.OutputException if it cannot be saved; the window stays open then
   */
  @Override
  public void close() {
    if (open) {
      saveForGood();
    }
    EventThread.run(
        () -> {
          if (open) {
            open = false;
            saveAtExit.close();
            panel.close();
            frame.dispose();
            image.close();
            closeActions.forEach(Runnable::run);
          }
        });
  }

  /** Without strokes while it saves, which would be lost. */
  private void saveForGood() {
    EventThread.run(() -> frame.setEnabled(false));
    try {
      saveIfModified();
    } catch (RuntimeException e) {
      EventThread.run(() -> frame.setEnabled(true));
      throw e;
    }
  }

  JFrame frame() {
    return frame;
  }

  DefaultSegmentationModel model() {
    return model;
  }
}
