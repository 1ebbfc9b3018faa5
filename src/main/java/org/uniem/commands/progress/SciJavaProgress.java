package org.uniem.commands.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.scijava.app.StatusService;
import org.scijava.log.LogService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.uniem.job.ProgressListener;

/**
 * Shows progress in the status bar and the task list of the SciJava application; a cancel in the
 * task list, or Escape, cancels the command. Thread-safe.
 */
public final class SciJavaProgress implements ProgressListener {

  private static final long NANOS_BETWEEN_REPORTS = 100_000_000L;

  private final String title;
  private final StatusService status;
  private final TaskService tasks;
  private final Consumer<String> cancel;
  private final EscapeKey escape;
  private final Map<String, Task> taskOfStage = new HashMap<>();
  private final LogService log;
  private String device = "";
  private boolean closed;
  private long lastReport = System.nanoTime() - NANOS_BETWEEN_REPORTS;

  /**
   * @param title name of the command
   * @param status null where the application has no status bar
   * @param tasks null where the application has no task list
   * @param log receives the messages too; null where the application has no log
   * @param cancel called with a reason when the user cancels a task or presses Escape
   */
  public SciJavaProgress(
      String title,
      StatusService status,
      TaskService tasks,
      LogService log,
      Consumer<String> cancel) {
    this.title = title;
    this.status = status;
    this.tasks = tasks;
    this.log = log;
    this.cancel = cancel;
    escape = new EscapeKey(() -> cancel.accept("Cancelled."));
  }

  @Override
  public synchronized void progress(String stage, long done, long total, String unit) {
    if (closed) {
      return; // The last words of a network process that was cancelled.
    }
    long now = System.nanoTime();
    boolean last = total >= 0 && done >= total;
    if (!last && now - lastReport < NANOS_BETWEEN_REPORTS) {
      return;
    }
    lastReport = now;
    String text = stage + ": " + done + (total < 0 ? "" : " of " + total) + " " + unit + device;
    if (status != null) {
      status.showStatus((int) (total > 0 ? 1000 * done / total : 0), 1000, text);
    }
    if (tasks != null) {
      report(taskOfStage.computeIfAbsent(stage, this::start), text, done, total, last);
    }
  }

  private static void report(Task task, String text, long done, long total, boolean last) {
    task.setStatusMessage(text);
    task.setProgressMaximum(Math.max(total, 0));
    task.setProgressValue(done);
    if (last) {
      task.finish();
    }
  }

  private Task start(String stage) {
    Task task = tasks.createTask(title + ": " + stage);
    task.setCancelCallBack(() -> cancel.accept("Cancelled."));
    task.start();
    return task;
  }

  @Override
  public void message(String message) {
    if (status != null) {
      status.showStatus(message);
    }
    if (log != null) {
      log.info(title + ": " + message);
    }
  }

  /** Shown without the reasons in brackets, for which a status bar has no room. */
  @Override
  public synchronized void device(String name) {
    device = " on " + name.replaceFirst(" \\(.*", "");
  }

  /** Ends the tasks of stages that did not come to their end, so that none stays in the list. */
  public synchronized void close() {
    closed = true;
    escape.close();
    taskOfStage.values().stream().filter(task -> !task.isDone()).forEach(Task::finish);
    if (status != null) {
      status.clearStatus();
    }
  }
}
