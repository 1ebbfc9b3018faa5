package org.uniem.viewers.monitor;

import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import javax.swing.filechooser.FileNameExtensionFilter;
import org.uniem.job.UniemException;
import org.uniem.networks.training.run.RunStatus;

/**
 * A window that follows a training: curves, previews and how it stands, until it is closed.
 *
 * <p>Event dispatch thread only. Closed, it leaves no thread and no listener.
 */
public final class TrainingMonitorWindow extends JFrame {

  private static final long serialVersionUID = 1L;
  private static final long MILLIS_BETWEEN_LOOKS = 1000;

  private final transient TrainingFollower follower;
  private final MonitorPanel panel;

  /**
   * Makes the window; {@link #open} shows it.
   *
   * @param folder the model folder of a training that runs, has ended, or is about to begin
   * @param logarithmic whether losses are on a logarithmic axis at first
   * @param folderOpener opens a folder in the system's file browser; called off the event dispatch
   *     thread
   */
  public TrainingMonitorWindow(Path folder, boolean logarithmic, Consumer<Path> folderOpener) {
    this.follower =
        new TrainingFollower(
            folder, Clock.systemUTC(), view -> SwingUtilities.invokeLater(() -> show(view)));
    this.panel =
        new MonitorPanel(
            TrainingView.none(follower.folder()), logarithmic, new Buttons(folderOpener));
    setTitle("Training Monitor: " + follower.folder().getFileName());
    setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent e) {
            follower.close();
          }
        });
    setContentPane(panel);
    pack();
    setLocationByPlatform(true);
  }

  /** Whether a folder holds the records of a training, or of a run that is about to make some. */
  public static boolean isTraining(Path folder) {
    try (TrainingFollower once = new TrainingFollower(folder, Clock.systemUTC(), view -> {})) {
      TrainingView view = once.look();
      return view.run().isPresent() || !view.curves().isEmpty() || !view.problem().isEmpty();
    }
  }

  /** Shows the window and begins to follow. */
  public void open() {
    follower.start(MILLIS_BETWEEN_LOOKS);
    setVisible(true);
  }

  /** The model folder that is followed. */
  public Path folder() {
    return follower.folder();
  }

  private void show(TrainingView view) {
    if (isDisplayable()) {
      panel.show(view);
    }
  }

  private void say(UniemException e) {
    JOptionPane.showMessageDialog(this, e.getMessage(), getTitle(), JOptionPane.WARNING_MESSAGE);
  }

  /** Runs work on the follower's thread and says what went wrong. */
  private void inBackground(Runnable work, Runnable afterwards) {
    follower.run(
        () -> {
          try {
            work.run();
            SwingUtilities.invokeLater(afterwards);
          } catch (UniemException e) {
            SwingUtilities.invokeLater(() -> say(e));
          }
        });
  }

  /** What the buttons do. */
  private final class Buttons implements MonitorPanel.Actions {

    private final Consumer<Path> folderOpener;

    Buttons(Consumer<Path> folderOpener) {
      this.folderOpener = folderOpener;
    }

    @Override
    public void inBackground(Runnable work) {
      follower.run(work);
    }

    @Override
    public void stop() {
      int answer =
          JOptionPane.showConfirmDialog(
              TrainingMonitorWindow.this,
              "Stop the training now? The best network so far is saved as the model.",
              getTitle(),
              JOptionPane.OK_CANCEL_OPTION);
      if (answer == JOptionPane.OK_OPTION) {
        TrainingMonitorWindow.this.inBackground(
            () -> RunStatus.requestStop(follower.folder()), panel::showStopping);
      }
    }

    @Override
    public void openFolder(Path folder) {
      TrainingMonitorWindow.this.inBackground(() -> folderOpener.accept(folder), () -> {});
    }

    @Override
    public void save(TrainingView view, boolean logarithmic) {
      JFileChooser chooser = new JFileChooser(view.folder().toFile());
      chooser.setAcceptAllFileFilterUsed(false);
      chooser.addChoosableFileFilter(new FileNameExtensionFilter("Picture (*.png)", "png"));
      chooser.addChoosableFileFilter(new FileNameExtensionFilter("Table (*.csv)", "csv"));
      chooser.setSelectedFile(new File("training-curves"));
      if (chooser.showSaveDialog(TrainingMonitorWindow.this) == JFileChooser.APPROVE_OPTION) {
        Path file = withEnding(chooser);
        if (!Files.exists(file) || agreesToReplace(file)) {
          TrainingMonitorWindow.this.inBackground(
              () -> CurvesFile.save(file, view, logarithmic), () -> {});
        }
      }
    }

    private Path withEnding(JFileChooser chooser) {
      Path file = chooser.getSelectedFile().toPath();
      String name = file.getFileName().toString();
      String ending = ((FileNameExtensionFilter) chooser.getFileFilter()).getExtensions()[0];
      return name.contains(".") ? file : file.resolveSibling(name + "." + ending);
    }

    private boolean agreesToReplace(Path file) {
      return JOptionPane.showConfirmDialog(
              TrainingMonitorWindow.this,
              "Replace " + file.getFileName() + "?",
              getTitle(),
              JOptionPane.OK_CANCEL_OPTION)
          == JOptionPane.OK_OPTION;
    }
  }
}
