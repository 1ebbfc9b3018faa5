package org.uniem.networks.training.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.training.events.EventWriter;

/**
 * How the last run of a training stands, as {@code training/run.json} in the model folder tells
 * every process. Immutable and thread-safe.
 *
 * @param state how it stands
 * @param reason why it ended, for people; empty while it runs
 * @param device what it computes on, for people
 * @param steps ends after so many steps, 0 = no limit
 * @param minutes ends after so many minutes, 0 = no limit
 * @param stepsBefore steps of the runs before, which it goes on from
 * @param secondsBefore seconds of training of the runs before
 * @param started seconds since 1970
 * @param process number of its process
 * @param processStarted seconds since 1970, for a number may be given again
 * @param host name of its computer
 */
public record RunStatus(
    State state,
    String reason,
    String device,
    long steps,
    double minutes,
    long stepsBefore,
    double secondsBefore,
    double started,
    long process,
    long processStarted,
    String host) {

  private static final String FILE = "run.json";
  private static final String STOP = "stop";
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** How a run stands. */
  public enum State {
    /** At work, or killed. */
    RUNNING,
    /** The model is complete. */
    ENDED,
    /** Cancelled; can be resumed if there is a checkpoint. */
    CANCELLED,
    /** Ended by an error; can be resumed if there is a checkpoint. */
    FAILED
  }

  /** A run of this process that begins now. */
  public static RunStatus begin(
      String device, TrainingLimits limits, long stepsBefore, double secondsBefore) {
    ProcessHandle self = ProcessHandle.current();
    return new RunStatus(
        State.RUNNING,
        "",
        device,
        limits.steps(),
        limits.minutes(),
        stepsBefore,
        secondsBefore,
        System.currentTimeMillis() / 1000.0,
        self.pid(),
        startOf(self),
        EventWriter.hostName());
  }

  /** The same run after its end. */
  public RunStatus end(State how, String why) {
    return new RunStatus(
        how,
        why,
        device,
        steps,
        minutes,
        stepsBefore,
        secondsBefore,
        started,
        process,
        processStarted,
        host);
  }

  /**
   * Reads how the last run stands.
   *
   * @param folder the model folder
   * @return empty where no run has left a status
   * @throws BadInputException if it is there but cannot be read
   */
  public static Optional<RunStatus> read(Path folder) {
    Path file = file(folder);
    try {
      RunStatus status = GSON.fromJson(Files.readString(file), RunStatus.class);
      if (status == null || status.state == null) {
        throw new JsonParseException("it names no state");
      }
      return Optional.of(status);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
    } catch (JsonParseException e) {
      throw new BadInputException(
          "File " + file + " does not tell how a training stands: " + e.getMessage() + ".", e);
    }
  }

  /** Writes it into a model folder, where it replaces that of an earlier run. */
  public void write(Path folder) {
    WholeFile.writeText(file(folder), GSON.toJson(this));
  }

  /**
   * Whether its process has ended without saying so; known on the same computer only.
   *
   * @return true only if it is known
   */
  public boolean isKilled() {
    return isRunningHere() && !isProcessAlive();
  }

  /**
   * Whether its process is at work; known on the same computer only.
   *
   * @return true only if it is known
   */
  public boolean isAtWork() {
    return isRunningHere() && isProcessAlive();
  }

  /** Whether it is a run of this process, and at work. */
  boolean isOwn() {
    return isAtWork() && process == ProcessHandle.current().pid();
  }

  private boolean isRunningHere() {
    return state == State.RUNNING && EventWriter.hostName().equals(host);
  }

  private boolean isProcessAlive() {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .filter(found -> Math.abs(startOf(found) - processStarted) <= 2)
        .isPresent();
  }

  /**
   * Asks the training in a model folder, of whichever process, to end within about a second and to
   * save its model.
   *
   * @throws OutputException if the folder cannot be written to
   */
  public static void requestStop(Path folder) {
    WholeFile.writeText(stopFile(folder), "asked " + Instant.now() + "\n");
  }

  /**
   * Asks the training in a model folder to end as {@link #requestStop} does, if one is at work
   * there now.
   *
   * @return whether one is
   */
  public static boolean requestStopOfRunning(Path folder) {
    boolean running = read(folder).filter(RunStatus::isAtWork).isPresent();
    if (running) {
      requestStop(folder);
    }
    return running;
  }

  /** Whether somebody has asked the training in a model folder to end. */
  public static boolean isStopRequested(Path folder) {
    return Files.exists(stopFile(folder));
  }

  /** Forgets that somebody has asked for an end. */
  public static void clearStopRequest(Path folder) {
    try {
      Files.deleteIfExists(stopFile(folder));
    } catch (IOException e) {
      throw new OutputException(
          "Cannot delete "
              + stopFile(folder)
              + ", which would stop the training: "
              + WholeFile.reason(e)
              + ". Delete it by hand.",
          e);
    }
  }

  /**
   * Seconds of training until now, over all runs.
   *
   * @param now seconds since 1970
   */
  public double secondsAt(double now) {
    return secondsBefore + Math.max(0, now - started);
  }

  @Override
  public String toString() {
    return state.name().toLowerCase(Locale.ROOT) + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static long startOf(ProcessHandle handle) {
    // Systems that do not tell it are left with the number alone.
    Instant start = handle.info().startInstant().orElse(Instant.EPOCH);
    return Duration.between(Instant.EPOCH, start).toSeconds();
  }

  private static Path file(Path folder) {
    return folder.resolve("training").resolve(FILE);
  }

  private static Path stopFile(Path folder) {
    return folder.resolve("training").resolve(STOP);
  }
}
