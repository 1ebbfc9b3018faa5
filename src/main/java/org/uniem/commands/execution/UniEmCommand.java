package org.uniem.commands.execution;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.scijava.ItemIO;
import org.scijava.app.StatusService;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.task.TaskService;
import org.scijava.ui.UIService;
import org.uniem.commands.dialogs.DialogCommand;
import org.uniem.commands.dialogs.RunningMacro;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.commands.parameters.Paths;
import org.uniem.commands.progress.SciJavaProgress;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.commands.worker.WorkerCommand;
import org.uniem.commands.worker.WorkerProcess;
import org.uniem.job.JavaMemory;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.ProgressListener;
import org.uniem.job.UniemException;
import org.uniem.volumes.Volumes;

/**
 * Base of the suite's commands: checks the parameters before anything is done, runs the work as a
 * {@link Job} that can be cancelled, and reports failures.
 *
 * <p>A failure that the suite throws on purpose cancels the command with its message as the reason,
 * which Fiji shows in a dialog; any other failure is thrown on. Both abort a running ImageJ macro.
 * A subclass carries {@code @Plugin(type = Command.class, name = "kebab-case")}.
 */
public abstract class UniEmCommand extends DialogCommand {

  @Parameter(required = false)
  private StatusService statusService;

  @Parameter(required = false)
  private TaskService taskService;

  @Parameter(required = false)
  private LogService logService;

  @Parameter(required = false)
  private UIService uiService;

  @Parameter(required = false)
  private PrefService preferences;

  @Parameter(type = ItemIO.OUTPUT, label = "Result", description = "The main result")
  private File result;

  private ProgressListener listener;
  private Optional<ComputeSettings> settings = Optional.empty();
  private Optional<NetworkPlace> networkPlace = Optional.empty();
  private volatile Job job;

  /** As {@link #job}, in a process of its own too. */
  private volatile Job performing;

  /** What was said of inputs: once in a run, however often they are opened. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private volatile String cancelReason;
  private volatile Throwable failure;

  /**
   * Does the work: converts the parameters, calls one function, publishes its files.
   *
   * @param job carries the cancel token, progress and threads
   * @return path of the main result
   */
  protected abstract Path execute(Job job);

  /** Number of worker threads; as set for all commands unless a subclass has a parameter for it. */
  protected int threads() {
    int threads = settings().threads();
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Whether the command runs networks, which may be done in a process of their own. */
  protected boolean usesNetworks() {
    return false;
  }

  /** Whether the outputs may be there already, because the command goes on with them. */
  protected boolean resumes() {
    return false;
  }

  /** The files that open in Fiji when the command is done; none by default. */
  protected List<ResultView> views() {
    return List.of();
  }

  /**
   * What the help says besides the parameters: entries with their meanings by headings; nothing by
   * default.
   */
  public Map<String, Map<String, String>> furtherHelp() {
    return Map.of();
  }

  /**
   * Asks the work to end soon with what it has as its result. Thread-safe.
   *
   * @return whether it will; false for work that has nothing to keep
   */
  public boolean stopAndSave() {
    return false;
  }

  /** Checks beyond ranges and paths, made before anything is written; none by default. */
  protected void checkParameters() {}

  /** Tells others that the work begins, in whichever process; nobody by default. */
  protected void begins() {}

  /** Tells others that the work has ended, however it did, or never began; nobody by default. */
  protected void ends() {}

  /** The files and folders that the result depends on, for the provenance. */
  protected List<Path> inputs() {
    List<Path> inputs = new ArrayList<>();
    for (CommandParameters.Input input : CommandParameters.of(getClass())) {
      Object value = input.value(this);
      if (input.isPath() && !input.isOutput() && CommandParameters.isGiven(value)) {
        InputVolumes.file((File) value).ifPresent(inputs::add);
      }
    }
    return inputs;
  }

  @Override
  public final void run() {
    Instant started = Instant.now();
    failure = null;
    ProgressListener progress = progressListener();
    try (Job running = new Job(threads(), progress)) {
      job = running;
      if (isCanceled()) {
        return;
      }
      result = work(running, progress, started).toFile();
    } catch (CancellationException e) {
      if (!isCanceled()) {
        cancel("Cancelled.");
      }
    } catch (UniemException e) {
      fail(e);
    } catch (OutOfMemoryError e) {
      fail(JavaMemory.exhausted(e));
    } catch (RuntimeException | Error e) {
      failure = e;
      RunningMacro.abort();
      throw e;
    } finally {
      job = null;
      ends();
      if (progress instanceof SciJavaProgress) {
        ((SciJavaProgress) progress).close();
      }
    }
  }

  private Path work(Job running, ProgressListener progress, Instant started) {
    if (!usesNetworks() || !networkPlace.orElseGet(this::usualPlace).apart()) {
      return perform(running, started);
    }
    checkInputs();
    begins();
    try (StoredImages images = StoredImages.of(this, running)) {
      WorkerCommand command =
          new WorkerCommand(getClass().getName(), CommandParameters.texts(this), settings());
      Path path =
          WorkerProcess.run(UniEmWorker.class, getClass(), command, progress, running::isCancelled);
      images.restoreNames(path);
      return path;
    }
  }

  private NetworkPlace usualPlace() {
    return NetworkPlace.usual(uiService);
  }

  /** Says where networks run, for tests. */
  public final void runNetworks(NetworkPlace place) {
    networkPlace = Optional.of(place);
  }

  /** Sets what parameters leave open, instead of what is remembered. */
  public final void computeWith(ComputeSettings given) {
    settings = Optional.of(given);
  }

  /** What parameters leave open: as remembered in Fiji, nothing on the command line. */
  protected final ComputeSettings settings() {
    return settings.orElseGet(
        () -> listener == null ? ComputeSettings.remembered(preferences) : ComputeSettings.DEFAULT);
  }

  @Override
  protected final void checkInputs() {
    checkValues();
    checkPaths();
    checkParameters();
  }

  @Override
  protected final void tell(String note) {
    Job current = performing;
    if (current != null && told.add(note)) {
      current.message("Note: " + note);
    }
  }

  /** Checks the parameters, does the work within a job and writes where the result is from. */
  public final Path perform(Job running, Instant started) {
    performing = running;
    told.clear();
    checkInputs();
    begins();
    Provenance provenance = new Provenance(this, inputs(), started);
    Path path = execute(running);
    try {
      provenance.write(path, running);
    } catch (UniemException e) {
      throw new OutputException(
          "The result " + path + " is complete, but its provenance is missing: " + e.getMessage(),
          e);
    }
    return path;
  }

  /** Checks that an input that is no volume is there. */
  protected void requireInput(String name, File value) {
    Paths.requireExists(name, value.toPath());
  }

  private void checkPaths() {
    for (CommandParameters.Input input : CommandParameters.of(getClass())) {
      Object value = input.value(this);
      if (!input.isPath() || !CommandParameters.isGiven(value)) {
        continue;
      }
      if (input.isVolume()) {
        InputVolumes.requireExists(input.name(), (File) value);
      } else if (!input.isOutput()) {
        requireInput(input.name(), (File) value);
      } else {
        checkOutput(input.name(), ((File) value).toPath());
      }
    }
  }

  /**
   * Whether an output of this name is written as something else than images, as its ending says;
   * false by default.
   */
  protected boolean writesNamed(Path output) {
    return false;
  }

  private void checkOutput(String name, Path output) {
    if (!writesNamed(output)) {
      Volumes.requireName(output);
    }
    if (!resumes()) {
      Paths.requireFree(name, output);
    }
  }

  private void fail(UniemException e) {
    failure = e;
    cancelReason = listener == null ? forDialog(e.getMessage()) : e.getMessage();
    if (listener == null) {
      logWithoutDisplay(logService, e.getMessage());
    }
    RunningMacro.abort();
  }

  /** The kebab-case name of the command. */
  public final String commandName() {
    return getClass().getAnnotation(Plugin.class).name();
  }

  /** Why the last run failed, empty where it did not. */
  public final Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** The main result of the last run, empty where it failed or was cancelled. */
  public final Optional<Path> result() {
    return Optional.ofNullable(result).map(File::toPath);
  }

  /** Sends progress to a listener instead of Fiji's status bar and task list. */
  public final void reportTo(ProgressListener progressListener) {
    listener = progressListener;
  }

  private ProgressListener progressListener() {
    if (listener != null) {
      return listener;
    }
    return new SciJavaProgress(commandName(), statusService, taskService, logService, this::cancel);
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
