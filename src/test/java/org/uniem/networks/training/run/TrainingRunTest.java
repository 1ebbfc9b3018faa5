package org.uniem.networks.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;

class TrainingRunTest {

  @TempDir Path folder;

  /** Counts its steps in its only weight, which is lost at a step while the loss stays good. */
  private static final class Counting implements Learner {

    private final long lostAt;
    private float weight;

    Counting(long lostAt) {
      this.lostAt = lostAt;
    }

    @Override
    public Weights state() {
      return new Weights(Map.of("w", new Weights.Tensor(new int[] {1}, new float[] {weight})));
    }

    @Override
    public void restore(Weights state) {
      weight = state.get("w").values()[0];
    }

    @Override
    public double learningRate(long step, double progress) {
      return 1;
    }

    @Override
    public float learn(long step, double rate, Job job) {
      weight = step == lostAt ? Float.NaN : weight + 1;
      return 0.5f;
    }

    @Override
    public boolean validates() {
      return false;
    }

    @Override
    public double validate(Moment now, TrainingRecord record, Job job) {
      throw new IllegalStateException("nothing is kept");
    }

    @Override
    public String scoreName() {
      return "score";
    }

    @Override
    public Weights weights() {
      return state();
    }

    @Override
    public ModelDescription.Builder description() {
      return ModelDescription.builder("counting", "none");
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of("counted", true);
    }

    @Override
    public String remedy() {
      return "less";
    }

    @Override
    public String epilogue(double seconds) {
      return "";
    }

    @Override
    public byte[] definition() {
      return new byte[0];
    }

    @Override
    public void close() {}
  }

  private TrainingResult run(long lostAt, boolean resume) {
    try (Job job = Job.silent()) {
      return TrainingRun.train(
          TrainingFolder.open(folder, resume, Map.of("a", 1)),
          () -> new Counting(lostAt),
          new RunPlan(new TrainingLimits(6, 0), 100, 0, 0, 0, 0.9),
          new TensorFlowRuntime("cpu", 1),
          TrainingListener.NONE,
          job);
    }
  }

  @Test
  void everyStepIsTrainedOnceAndWhatTheLearnerKnowsIsNoted() {
    TrainingResult result = run(0, false);
    assertEquals(6, result.steps());
    assertEquals(Boolean.TRUE, result.model().training().get("counted"));
    assertEquals(0.5, result.loss(), 1e-9);
  }

  @Test
  void weightsThatAreLostBehindAGoodLossEndTheTrainingAndSpareTheCheckpoint() {
    BadParameterException e = assertThrows(BadParameterException.class, () -> run(4, false));
    assertTrue(
        e.getMessage().contains("after step 4 the values of w are not finite"), e::getMessage);
    assertFalse(Files.exists(folder.resolve("model.json")));
    Checkpoint kept = Checkpoint.read(folder.resolve("training/checkpoint.safetensors"));
    assertEquals(3, kept.step());
    assertEquals(6, run(0, true).steps());
  }
}
