package org.uniem.fiji.labkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.networks.ModelFolder;

/**
 * Model folders as Labkit names them: by one path, which is that of the folder or of {@code
 * model.json} in it, since a file chooser takes files alone.
 */
final class ModelFile {

  private ModelFile() {}

  /** The model folder that a path names, empty if it names none. */
  static Optional<Path> folder(String path) {
    Path given = Path.of(path).toAbsolutePath();
    Path folder = given.endsWith(ModelFolder.DESCRIPTION_FILE) ? given.getParent() : given;
    boolean model = Files.isRegularFile(folder.resolve(ModelFolder.DESCRIPTION_FILE));
    return model ? Optional.of(folder) : Optional.empty();
  }

  /** What tells the weights of a model folder from others, empty while there is no model. */
  static Optional<String> weights(Path folder) {
    if (!Files.isRegularFile(folder.resolve(ModelFolder.DESCRIPTION_FILE))) {
      return Optional.empty();
    }
    return Optional.of(ModelFolder.describe(folder).weights().sha256());
  }

  /**
   * Copies a model, without the files of its training.
   *
   * @param model the model folder
   * @param target a new or empty folder, or that of a model to be replaced
   * @throws OutputException if something else is there, or it cannot be written
   */
  static void copy(Path model, Path target) {
    boolean replaced = folder(target.toString()).isPresent();
    try {
      boolean taken =
          Files.exists(target) && (!Files.isDirectory(target) || !Folders.isEmpty(target));
      if (taken && !replaced) {
        throw new OutputException(
            "Cannot save the model to "
                + target
                + ": something else is there. Give the name of a new folder.");
      }
    } catch (IOException e) {
      throw new OutputException("Cannot look into " + target + ": " + e.getMessage() + ".", e);
    }
    ModelFolder source = ModelFolder.open(model);
    String name = target.toAbsolutePath().normalize().getFileName().toString();
    ModelFolder.save(target, source.description().toBuilder().name(name).build(), source.weights());
  }
}
