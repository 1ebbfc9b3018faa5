package org.uniem.networks.training.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.OutputException;
import org.uniem.job.UniemException;
import org.uniem.job.files.Folders;
import org.uniem.job.files.NewFolders;
import org.uniem.job.files.WholeFile;

/**
 * The model folder while it is trained: {@code training/} beside the model.
 *
 * @param folder the model folder
 * @param resumed the checkpoint to go on from, or null to start from the beginning
 * @param settings what decides the result, by name
 * @param made the folders that the training makes
 */
public record TrainingFolder(
    Path folder, Checkpoint resumed, Map<String, Object> settings, NewFolders made) {

  /** Setting that says how the pixels are scaled, where their type does not. */
  public static final String PIXELS = "pixels";

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /**
   * Checks the folder before anything is written.
   *
   * @param folder the model folder
   * @param resume whether to go on from the checkpoint in it
   * @param settings what decides the result, by name; must be as before when resuming
   */
  public static TrainingFolder open(Path folder, boolean resume, Map<String, Object> settings) {
    if (resume) {
      refuseAtWork(folder);
      Path file = folder.resolve("training/checkpoint.safetensors");
      Path chosen = folder.resolve("training/options.json");
      // Killed before its first checkpoint: going on means starting again.
      boolean again =
          Files.notExists(file)
              && Files.exists(chosen)
              && Files.notExists(folder.resolve("model.json"));
      Checkpoint checkpoint = again ? null : Checkpoint.read(file);
      compare(chosen, settings);
      return new TrainingFolder(folder, checkpoint, settings, new NewFolders());
    }
    if (Files.exists(folder)) {
      refuseContent(folder);
    }
    return new TrainingFolder(folder, null, settings, new NewFolders());
  }

  /** Two runs would overwrite each other's checkpoints. */
  private static void refuseAtWork(Path folder) {
    Optional<RunStatus> status = RunStatus.read(folder).filter(RunStatus::isAtWork);
    if (status.isPresent()) {
      throw new OutputException(
          "resume=true, but the training in "
              + folder
              + " is still at work, in process "
              + status.get().process()
              + " since "
              + Instant.ofEpochSecond((long) status.get().started())
              + ". Wait for its end or stop it, for example in the Training Monitor, and resume"
              + " then.");
    }
  }

  private static void refuseContent(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new OutputException(folder + " is a file: give a new folder for the model.");
    }
    try {
      if (!Folders.isEmpty(folder)) {
        throw new OutputException(
            "The model folder "
                + folder
                + " is not empty: choose another or empty it, or give resume=true to go on with"
                + " the training in it.");
      }
    } catch (IOException e) {
      throw new OutputException("Cannot look into " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void compare(Path file, Map<String, Object> settings) {
    JsonObject earlier;
    try {
      earlier = GSON.fromJson(Files.readString(file), JsonObject.class);
    } catch (IOException | JsonParseException e) {
      throw new BadInputException(
          "Cannot read the options of the training to resume, " + file + ": " + e.getMessage(), e);
    }
    Set<String> names = new LinkedHashSet<>(settings.keySet());
    names.addAll(earlier.keySet());
    for (String name : names) {
      String now = settings.containsKey(name) ? String.valueOf(settings.get(name)) : "nothing";
      if (name.equals(PIXELS) && !earlier.has(name)) {
        throw new BadParameterException(
            "resume=true, but the training in "
                + file.getParent()
                + " was begun on other pixels or by a version of UNI-EM that scaled them in another"
                + " way: now "
                + now
                + ". Begin a new training.");
      }
      String before = earlier.has(name) ? earlier.get(name).getAsString() : "nothing";
      if (!before.equals(now)) {
        throw new BadParameterException(
            "resume=true, but "
                + name
                + " is "
                + now
                + " and was "
                + before
                + ". Give the same options as before; only steps and minutes may change.");
      }
    }
  }

  /** Makes the folders and keeps the options; a resumed training has them already. */
  public void create() {
    try {
      if (resumed == null) {
        Folders.deleteTree(training());
      }
      made.make(training());
      if (resumed == null) {
        Map<String, String> texts = new LinkedHashMap<>();
        settings.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        WholeFile.writeText(training().resolve("options.json"), GSON.toJson(texts));
      }
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write the model folder "
              + folder
              + ": "
              + e
              + ". Choose a place that is writable and has room.",
          e);
    }
  }

  /**
   * After a failure, removes what a training without a checkpoint has left; with one, it is kept.
   *
   * @return whether the training can be resumed
   */
  public boolean keepIfResumable(Throwable failure) {
    if (resumed != null || Files.exists(checkpoint())) {
      return true;
    }
    try {
      Folders.deleteTree(training());
      made.removeEmpty();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return false;
  }

  /** Says that the run has ended; the status of an earlier run stays as it is. */
  public void end(RunStatus.State how, String why) {
    RunStatus.read(folder)
        .filter(RunStatus::isOwn)
        .ifPresent(status -> status.end(how, why).write(folder));
  }

  /** Says that the run has ended by a failure, which stays the one that is reported. */
  public void endAfter(Throwable failure) {
    boolean cancelled = failure instanceof CancellationException;
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    // An interrupt, which is one way to cancel, would close the file being written.
    boolean interrupted = Thread.interrupted();
    try {
      end(cancelled ? RunStatus.State.CANCELLED : RunStatus.State.FAILED, cancelled ? "" : why);
    } catch (UniemException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Where checkpoint, log and events go. */
  public Path training() {
    return folder.resolve("training");
  }

  /** The weights with the best validation score so far. */
  public Path best() {
    return training().resolve("best.safetensors");
  }

  /** The checkpoint's file. */
  public Path checkpoint() {
    return training().resolve("checkpoint.safetensors");
  }
}
