package org.uniem.commands.networks;

import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scijava.event.EventHandler;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;
import org.scijava.ui.UIService;
import org.uniem.commands.progress.TrainingStarted;
import org.uniem.job.BadInputException;
import org.uniem.viewers.monitor.TrainingMonitorWindow;

/**
 * Opens training monitors, one for each model folder, and by itself when a training begins in an
 * application with windows. Thread-safe.
 */
@Plugin(type = Service.class)
public final class TrainingMonitors extends AbstractService implements SciJavaService {

  @Parameter(required = false)
  private UIService uiService;

  @Parameter(required = false)
  private PlatformService platformService;

  private volatile Path newest;

  /** Open windows; event dispatch thread only. */
  private final List<TrainingMonitorWindow> windows = new ArrayList<>();

  /** The model folder of the training that began last in this session. */
  Optional<Path> newest() {
    return Optional.ofNullable(newest);
  }

  @EventHandler
  private void onStart(TrainingStarted event) {
    newest = event.model().toAbsolutePath().normalize();
    if (!GraphicsEnvironment.isHeadless() && uiService != null && uiService.isVisible()) {
      open(newest, true);
    }
  }

  /**
   * Opens the monitor of a training, or brings it to the front.
   *
   * @param folder the model folder; need not exist yet
   * @param logarithmic whether losses are on a logarithmic axis at first
   */
  void open(Path folder, boolean logarithmic) {
    EventQueue.invokeLater(() -> openNow(folder.toAbsolutePath().normalize(), logarithmic));
  }

  private void openNow(Path folder, boolean logarithmic) {
    for (TrainingMonitorWindow window : windows) {
      if (window.folder().equals(folder)) {
        window.setExtendedState(window.getExtendedState() & ~Frame.ICONIFIED);
        window.toFront();
        return;
      }
    }
    TrainingMonitorWindow window = new TrainingMonitorWindow(folder, logarithmic, this::openFolder);
    windows.add(window);
    window.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent e) {
            windows.remove(window);
          }
        });
    window.open();
  }

  private void openFolder(Path folder) {
    try {
      if (platformService == null) {
        throw new IOException("this application opens no folders");
      }
      platformService.open(folder.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot show " + folder + " (" + e.getMessage() + "): open it in your file browser.", e);
    }
  }

  /** Closes all windows with the application. */
  @Override
  public void dispose() {
    if (!GraphicsEnvironment.isHeadless()) {
      EventQueue.invokeLater(() -> List.copyOf(windows).forEach(TrainingMonitorWindow::dispose));
    }
  }
}
