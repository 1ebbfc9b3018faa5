package org.uniem.commands.execution;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.IOException;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.uniem.job.UniemException;
import org.uniem.viewers.images.ResultImages;

/**
 * Opens the results of the suite's commands, in Fiji with windows and in macros; elsewhere their
 * files are all.
 */
@Plugin(type = PostprocessorPlugin.class)
public class ShowResults extends AbstractPostprocessorPlugin {

  @Parameter(required = false)
  private UIService windows;

  @Parameter(required = false)
  private PlatformService platform;

  @Parameter(required = false)
  private LogService log;

  @Override
  public void process(Module module) {
    if (!(module.getDelegateObject() instanceof UniEmCommand command)) {
      return;
    }
    // The path of the result needs no window of its own.
    module.resolveOutput("result");
    boolean visible = windows != null && windows.isVisible();
    if (!visible && !IJ.isMacro()) {
      return;
    }
    for (ResultView view : command.views()) {
      try {
        show(view, visible);
      } catch (UniemException | IOException e) {
        report("The result is complete, but cannot be shown: " + e.getMessage());
      }
    }
  }

  private void show(ResultView view, boolean visible) throws IOException {
    switch (view.kind()) {
      case TABLE -> {
        if (visible) {
          ResultsTable.open(view.path().toString()).show(view.path().getFileName().toString());
        }
      }
      case PAGE -> {
        if (visible && platform != null) {
          platform.open(view.path().toUri().toURL());
        }
      }
      default -> {
        ImagePlus image = ResultImages.open(view.path(), view.kind().image());
        image.show();
      }
    }
  }

  private void report(String message) {
    if (log != null) {
      log.error(message);
    }
  }
}
