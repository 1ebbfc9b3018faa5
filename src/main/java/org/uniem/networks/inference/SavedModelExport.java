package org.uniem.networks.inference;

import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.SavedModelBundle;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.job.files.StagedOutput;
import org.uniem.job.files.WholeFile;
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
   * @param folder a new or empty folder; appears whole or not at all
   * @param runtime opens the session
   * @throws OutputException if the folder is not empty or cannot be written
   */
  public static void export(ModelFolder model, Path folder, TensorFlowRuntime runtime) {
    try (TensorFlowNetwork network = new TensorFlowNetwork(model, runtime)) {
      StagedOutput output = new StagedOutput(folder, true);
      try {
        SavedModelBundle.exporter(output.temporary().toString())
            .withTags("serve")
            .withFunction(network.function())
            .export();
        Folders.syncTree(output.temporary());
        output.commit();
      } finally {
        output.discard();
      }
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write the export folder " + folder + ": " + WholeFile.reason(e) + ".", e);
    }
  }
}
