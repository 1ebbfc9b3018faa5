package org.uniem.networks.training.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.uniem.job.BadInputException;
import org.uniem.networks.Safetensors;
import org.uniem.networks.Weights;

/**
 * Everything a training needs to go on as if it had never stopped.
 *
 * @param variables of the training graph
 * @param step steps done
 * @param seconds time taken
 * @param smoothedLoss of the last steps
 * @param bestScore best validation score, −1 before the first
 * @param sinceBest validations since then
 * @param validated step of the last validation, 0 before the first
 */
public record Checkpoint(
    Weights variables,
    long step,
    double seconds,
    double smoothedLoss,
    float bestScore,
    int sinceBest,
    long validated) {

  private static final String PROGRESS = "progress";

  /** Writes it whole, replacing an earlier one. */
  public void write(Path file) {
    Map<String, Weights.Tensor> all = new LinkedHashMap<>(variables.asMap());
    // Steps are exact in float up to 2^24, the limit of TrainingOptions.
    float[] progress = {
      step, (float) seconds, (float) smoothedLoss, bestScore, sinceBest, validated
    };
    all.put(PROGRESS, new Weights.Tensor(new int[] {progress.length}, progress));
    Safetensors.write(file, new Weights(all));
  }

  /**
   * Reads one.
   *
   * @throws BadInputException if there is none, or it is damaged
   */
  public static Checkpoint read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          "resume=true, but there is no checkpoint "
              + file
              + ". Give the model folder of a training that was started before, or resume=false.");
    }
    Map<String, Weights.Tensor> all = new LinkedHashMap<>(Safetensors.read(file).asMap());
    Weights.Tensor progress = all.remove(PROGRESS);
    // Five numbers were written before the last validation was noted: none was due then.
    if (progress == null || progress.values().length < 5 || progress.values().length > 6) {
      throw new BadInputException(file + " is no checkpoint of a training: it has no progress.");
    }
    float[] p = progress.values();
    long validated = (long) (p.length == 6 ? p[5] : p[0]);
    return new Checkpoint(new Weights(all), (long) p[0], p[1], p[2], p[3], (int) p[4], validated);
  }
}
