package org.uniem.networks.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.uniem.job.OutputException;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;

/** Writes models in TensorFlow's exchange format, for use outside this suite. */
public final class SavedModelExport {

  private SavedModelExport() {}

  /**
   * Exports a model.
   *
   * <p>The signature {@code serving_default} takes {@code image}, float32 [n, height, width, input
   * channels], normalised as model.json says, height and width multiples of its {@code
   * sizeMultiple}; and gives {@code probability}, float32 [n, height, width, classes], 0 … 1.
   *
   * @param model what is exported
   * @param folder a new folder; appears whole or not at all
   * @param runtime opens the session
   * @throws OutputException if the folder exists or cannot be written
   */
  public static void export(ModelFolder model, Path folder, TensorFlowRuntime runtime) {
    if (Files.exists(folder)) {
      throw new OutputException(
          "The export folder " + folder + " exists already: give the name of a new one.");
    }
    Path target = folder.toAbsolutePath();
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try (TensorFlowNetwork network = new TensorFlowNetwork(model, runtime)) {
      Files.createDirectories(partial);
      SavedModelBundle.exporter(partial.toString())
          .withTags("serve")
          .withFunction(network.function())
          .export();
      Files.move(partial, target);
    } catch (IOException e) {
      throw new OutputException("Cannot write the export folder " + folder + ": " + e, e);
    } finally {
      delete(partial);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the unfinished export " + folder, e);
    }
  }
}
