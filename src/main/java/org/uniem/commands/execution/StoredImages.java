package org.uniem.commands.execution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scijava.util.ClassUtils;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.job.files.WholeFile;
import org.uniem.viewers.images.OpenImages;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;

/**
 * Temporary files of those inputs that only this process can open, for the time that another one
 * runs the command: images without a file, and files that only a plugin reads.
 *
 * <p>From {@link #of} to {@link #close} the parameters of the command name the files. Not
 * thread-safe.
 */
public final class StoredImages implements AutoCloseable {

  private final UniEmCommand command;
  private final Job job;
  private final Map<CommandParameters.Input, File> given = new LinkedHashMap<>();
  private Path folder;

  private StoredImages(UniEmCommand command, Job job) {
    this.command = command;
    this.job = job;
  }

  /**
   * Writes the files, slice by slice.
   *
   * @param command gets their paths as parameters
   * @param job shows progress and can be cancelled
   * @throws OutputException if there is no room for them
   */
  static StoredImages of(UniEmCommand command, Job job) {
    StoredImages stored = new StoredImages(command, job);
    try {
      for (CommandParameters.Input input : CommandParameters.of(command.getClass())) {
        if (input.isVolume() && input.value(command) instanceof File file) {
          stored.store(input, file, job);
        }
      }
      return stored;
    } catch (RuntimeException | Error e) {
      stored.close();
      throw e;
    }
  }

  private void store(CommandParameters.Input input, File file, Job job) {
    Optional<File> source = OpenImages.named(file).map(OpenImages::reference);
    File path = source.orElse(file);
    if (!InputVolumes.isPlainFile(path)) {
      path = folder().resolve(input.name() + ".tif").toFile();
      write(input.name(), file, path.toPath(), job);
    }
    if (!path.equals(file)) {
      given.put(input, file);
      ClassUtils.setValue(input.field(), command, path);
    }
  }

  private void write(String parameter, File image, Path target, Job job) {
    try (Volume volume = command.open(image);
        VolumeWriter writer = Volumes.create(target, Volumes.specOf(volume))) {
      Job.Stage stage = job.stage("Storing " + parameter, volume.depth(), "slices");
      float[][] slice =
          new float[volume.channels()][Math.toIntExact(volume.width() * volume.height())];
      for (long z = 0; z < volume.depth(); z++) {
        job.checkCancelled();
        for (int c = 0; c < slice.length; c++) {
          volume.readSlice(z, c, slice[c]);
        }
        writer.writeSlice(slice);
        stage.advance(1);
      }
      writer.commit();
    }
  }

  private Path folder() {
    if (folder == null) {
      try {
        folder = Files.createTempDirectory("uniem-images-");
      } catch (IOException e) {
        throw new OutputException(
            "Cannot make a temporary folder for the open images: "
                + e.getMessage()
                + ". Save the images as files and give those.",
            e);
      }
    }
    return folder;
  }

  /** Names the images in the provenance of a result where the other process named the files. */
  void restoreNames(Path result) {
    if (given.isEmpty()) {
      return;
    }
    Map<String, String> names = new LinkedHashMap<>();
    given.forEach((input, file) -> names.put(input.value(command).toString(), file.toString()));
    restoreParameters();
    Provenance.rename(result, names, command);
  }

  private void restoreParameters() {
    given.forEach((input, file) -> ClassUtils.setValue(input.field(), command, file));
  }

  /** Gives the command its parameters back and deletes the files. */
  @Override
  public void close() {
    restoreParameters();
    if (folder == null) {
      return;
    }
    try {
      Folders.deleteTree(folder);
    } catch (IOException e) {
      // No reason to call a finished result a failure; the message says what to do.
      job.message(
          "The temporary images in "
              + folder
              + " cannot be deleted ("
              + WholeFile.reason(e)
              + "): delete them yourself.");
    }
  }
}
