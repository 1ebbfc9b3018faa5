package org.uniem.commands.floodfilling;

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scijava.event.EventHandler;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;
import org.scijava.ui.UIService;
import org.uniem.viewers.filling.FillingPreviewWindow;

/**
 * Shows objects while they grow, in an application with windows, until their segmentation ends.
 * Thread-safe.
 */
@Plugin(type = Service.class)
public final class FillingPreviews extends AbstractService implements SciJavaService {

  @Parameter(required = false)
  private UIService uiService;

  /** Open windows by the folder of the subvolumes; event dispatch thread only. */
  private final Map<Path, FillingPreviewWindow> windows = new HashMap<>();

  @EventHandler
  private void onChange(FillingEvent event) {
    if (!event.isRunning()) {
      onWindows(() -> end(windows.remove(event.subvolumes())));
    } else if (uiService != null && uiService.isVisible()) {
      onWindows(() -> windows.computeIfAbsent(event.subvolumes(), FillingPreviewWindow::new));
    }
  }

  private static void end(FillingPreviewWindow window) {
    if (window != null) {
      window.end();
    }
  }

  private static void onWindows(Runnable action) {
    if (!GraphicsEnvironment.isHeadless()) {
      EventQueue.invokeLater(action);
    }
  }

  /** Closes all windows with the application. */
  @Override
  public void dispose() {
    onWindows(() -> List.copyOf(windows.values()).forEach(FillingPreviewWindow::end));
  }
}
