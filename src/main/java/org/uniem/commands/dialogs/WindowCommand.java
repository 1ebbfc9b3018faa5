package org.uniem.commands.dialogs;

import java.util.concurrent.CancellationException;
import org.scijava.app.StatusService;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.task.TaskService;
import org.uniem.commands.progress.SciJavaProgress;
import org.uniem.job.JavaMemory;
import org.uniem.job.Job;
import org.uniem.job.UniemException;

/**
 * Base of the commands that open a window and end while it stays open.
 *
 * <p>They are in the menu and recordable, but not on the command line. What they cannot do cancels
 * them with one sentence, which Fiji shows in a dialog, and aborts a running ImageJ macro.
 */
public abstract class WindowCommand extends DialogCommand {

  @Parameter private PluginService pluginService;

  @Parameter(required = false)
  private StatusService statusService;

  @Parameter(required = false)
  private TaskService taskService;

  @Parameter(required = false)
  private LogService logService;

  private volatile String cancelReason;
  private volatile Job job;

  /**
   * Opens the window.
   *
   * @param plugins knows the viewers of the application
   * @param running progress and cancel of what comes before; ends with this call
   */
  protected abstract void open(PluginService plugins, Job running);

  @Override
  public final void run() {
    String name = getClass().getAnnotation(Plugin.class).name();
    SciJavaProgress progress =
        new SciJavaProgress(name, statusService, taskService, logService, this::cancel);
    try (Job running = new Job(Runtime.getRuntime().availableProcessors(), progress)) {
      job = running;
      checkValues();
      open(pluginService, running);
    } catch (CancellationException e) {
      cancel("Cancelled.");
    } catch (UniemException e) {
      refuse(e);
    } catch (OutOfMemoryError e) {
      refuse(JavaMemory.exhausted(e));
    } catch (RuntimeException | Error e) {
      RunningMacro.abort();
      throw e;
    } finally {
      job = null;
      progress.close();
    }
  }

  private void refuse(UniemException reason) {
    cancel(forDialog(reason.getMessage()));
    logWithoutDisplay(logService, reason.getMessage());
    RunningMacro.abort();
  }

  @Override
  public final boolean isCanceled() {
    return cancelReason != null;
  }

  @Override
  public final void cancel(String reason) {
    cancelReason = reason == null ? "Cancelled." : reason;
    Job running = job;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public final String getCancelReason() {
    return cancelReason;
  }
}
