package org.uniem.viewers.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.uniem.job.BadInputException;
import org.uniem.job.UniemException;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.training.events.EventReader;
import org.uniem.networks.training.run.RunStatus;

/**
 * Follows the training in a model folder, of this or another process, on a thread of its own, and
 * tells how it stands every second.
 *
 * <p>Reads what was added to the event files since the last time. A training that is begun anew in
 * the folder is followed from its start. {@link #run} and {@link #close} may be called from any
 * thread.
 */
final class TrainingFollower implements AutoCloseable {

  private static final Pattern EVENT_FILE =
      Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,18})\\..*");
  private static final double SHORTEST_STALL_SECONDS = 60;
  private static final double GAPS_TO_STALL = 5;

  private final Path folder;
  private final Clock clock;
  private final Consumer<TrainingView> listener;
  private final ScheduledThreadPoolExecutor executor;
  private final TrainingHistory history = new TrainingHistory();
  private final List<EventReader> readers = new ArrayList<>();
  private TrainingView last;
  private boolean changed = true;
  private double lastGrowth = Double.NaN;
  private String problem = "";

  /**
   * @param folder a model folder, its folder {@code training}, or one with event files; may come
   *     into being later
   * @param clock the time
   * @param listener is told how the training stands, on the follower's thread
   */
  TrainingFollower(Path folder, Clock clock, Consumer<TrainingView> listener) {
    this.folder = modelFolder(folder);
    this.clock = clock;
    this.listener = listener;
    this.last = TrainingView.none(this.folder);
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "uniem-training-monitor");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static Path modelFolder(Path given) {
    Path folder = given.toAbsolutePath().normalize();
    boolean within =
        folder.endsWith("training")
            && folder.getParent() != null
            && !Files.isDirectory(folder.resolve("training"));
    return within ? folder.getParent() : folder;
  }

  /** The model folder. */
  Path folder() {
    return folder;
  }

  /**
   * Begins to follow.
   *
   * @param millis time between looks
   */
  void start(long millis) {
    executor.scheduleWithFixedDelay(this::tell, 0, millis, TimeUnit.MILLISECONDS);
  }

  /** Does something else on the follower's thread; nothing once it is closed. */
  void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      if (!executor.isShutdown()) {
        throw e;
      }
    }
  }

  /** Ends the thread; the listener may be told once more. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void tell() {
    TrainingView view;
    try {
      view = look();
    } catch (RuntimeException e) {
      // Thrown on, it would end the following without a word.
      view = withProblem("The training cannot be followed: " + e);
    }
    if (!executor.isShutdown()) {
      listener.accept(view);
    }
  }

  /** Reads what is new; on the follower's thread, or before it is started. */
  TrainingView look() {
    problem = "";
    Optional<RunStatus> run = Optional.empty();
    try {
      run = RunStatus.read(folder);
      readNew();
    } catch (UniemException e) {
      problem = e.getMessage();
    }
    double now = clock.millis() / 1000.0;
    double newest = history.lastTime();
    if (changed && !Double.isNaN(newest)) {
      // The clock of the training's computer may differ: what was seen to grow is not old.
      lastGrowth = Double.isNaN(lastGrowth) ? newest : Math.max(newest, now);
    }
    List<Curve> curves = changed ? history.curves() : last.curves();
    List<Preview> previews = changed ? history.previews() : last.previews();
    changed = false;
    double silent = Double.isNaN(newest) ? 0 : Math.max(0, now - lastGrowth);
    last =
        new TrainingView(
            folder,
            curves,
            previews,
            run,
            phase(run, curves, silent, now),
            history.firstTime(),
            newest,
            silent,
            problem);
    return last;
  }

  private TrainingView withProblem(String text) {
    return new TrainingView(
        folder,
        last.curves(),
        last.previews(),
        last.run(),
        last.phase(),
        last.firstTime(),
        last.lastTime(),
        last.silent(),
        text);
  }

  private void readNew() {
    List<Path> files = eventFiles();
    List<Path> known = readers.stream().map(EventReader::file).toList();
    if (files.size() < known.size() || !files.subList(0, known.size()).equals(known)) {
      // Deleted and begun anew, or an older file was copied in: all in order again.
      reset();
    }
    files.stream().skip(readers.size()).map(EventReader::new).forEach(readers::add);
    for (EventReader reader : readers) {
      long before = reader.position();
      history.reading(reader.file());
      try {
        long size = Files.size(reader.file());
        if (size < before) {
          reset();
          return;
        }
        if (size > before) {
          reader.readNew(history);
        }
      } catch (IOException e) {
        problem = "Cannot read event file " + reader.file() + ": " + WholeFile.reason(e) + ".";
      } catch (BadInputException e) {
        // The other files, and what was read of this one, can be shown all the same.
        problem = e.getMessage();
      }
      changed |= reader.position() != before;
    }
  }

  private void reset() {
    readers.clear();
    history.clear();
    lastGrowth = Double.NaN;
    changed = true;
  }

  /** By the time in their names, then by number. */
  private List<Path> eventFiles() {
    Path within = folder.resolve("training");
    Path place = Files.isDirectory(within) ? within : folder;
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> EVENT_FILE.matcher(file.getFileName().toString()).matches())
          .sorted(
              Comparator.comparingLong(TrainingFollower::startOf)
                  .thenComparing(file -> file.getFileName().toString().length())
                  .thenComparing(file -> file.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot look into " + place + ": " + WholeFile.reason(e) + ".", e);
    }
  }

  private static long startOf(Path file) {
    Matcher name = EVENT_FILE.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  private Phase phase(Optional<RunStatus> run, List<Curve> curves, double silent, double now) {
    if (run.isPresent() && run.get().state() != RunStatus.State.RUNNING) {
      return switch (run.get().state()) {
        case CANCELLED -> Phase.CANCELLED;
        case FAILED -> Phase.FAILED;
        default -> Phase.ENDED;
      };
    }
    if (run.isPresent() && run.get().isKilled()) {
      return Phase.KILLED;
    }
    if (run.isEmpty() && isModelSaved()) {
      return Phase.ENDED;
    }
    if (curves.isEmpty()) {
      return Phase.WAITING;
    }
    double quiet = run.map(status -> Math.min(silent, now - status.started())).orElse(silent);
    return quiet > Math.max(SHORTEST_STALL_SECONDS, GAPS_TO_STALL * usualGap(curves))
        ? Phase.STALLED
        : Phase.RUNNING;
  }

  /** Whether the model was saved after the newest record. */
  private boolean isModelSaved() {
    Path model = folder.resolve("model.json");
    try {
      return Files.exists(model)
          && !(Files.getLastModifiedTime(model).toMillis() / 1000.0 < history.lastTime() - 2);
    } catch (IOException e) {
      problem = "Cannot look at " + model + ": " + WholeFile.reason(e) + ".";
      return false;
    }
  }

  /** Mean time between the newest records. */
  private static double usualGap(List<Curve> curves) {
    double gap = Double.POSITIVE_INFINITY;
    for (Curve curve : curves) {
      int from = Math.max(0, curve.size() - 20);
      int gaps = curve.size() - 1 - from;
      if (gaps > 0) {
        gap = Math.min(gap, (curve.lastTime() - curve.time(from)) / gaps);
      }
    }
    return gap == Double.POSITIVE_INFINITY ? 0 : gap;
  }
}
