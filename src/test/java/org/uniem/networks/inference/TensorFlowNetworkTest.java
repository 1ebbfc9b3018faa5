package org.uniem.networks.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;

class TensorFlowNetworkTest {

  private static final float LN3 = (float) Math.log(3);

  private final TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", 2);

  @TempDir Path folder;

  /**
   * The example architecture "tiny" with weights that pass the image through: the hidden layer
   * copies it (normalisation with mean 0, variance 1), the last one multiplies by ln 3.
   */
  private ModelFolder model(int outputs, String activation, float... lastKernel) {
    float[] hidden = new float[9];
    hidden[4] = 1;
    Map<String, Weights.Tensor> weights = new LinkedHashMap<>();
    weights.put("hidden/kernel", new Weights.Tensor(new int[] {3, 3, 1, 1}, hidden));
    weights.put("hidden/scale", one(1));
    weights.put("hidden/offset", one(0));
    weights.put("hidden/mean", one(0));
    weights.put("hidden/variance", one(1 - 1e-5f));
    float[] last = new float[9 * outputs];
    System.arraycopy(lastKernel, 0, last, 4 * outputs, outputs);
    weights.put("logits/kernel", new Weights.Tensor(new int[] {3, 3, 1, outputs}, last));
    weights.put("logits/bias", new Weights.Tensor(new int[] {outputs}, new float[outputs]));
    ModelDescription description =
        ModelDescription.builder("tiny", "tiny")
            .parameters(Map.of("width", 1))
            .classes(outputs == 3 ? List.of("a", "b", "c") : List.of("foreground"))
            .outputs(outputs)
            .activation(activation)
            .build();
    Path place = folder.resolve("model" + outputs + activation);
    ModelFolder.save(place, description, new Weights(weights));
    return ModelFolder.open(place);
  }

  private static Weights.Tensor one(float value) {
    return new Weights.Tensor(new int[] {1}, new float[] {value});
  }

  @Test
  void closedWhileInUseItFinishesTheCall() throws Exception {
    TensorFlowNetwork network =
        new TensorFlowNetwork(model(1, ModelDescription.SIGMOID, LN3), runtime);
    int side = 2048;
    FutureTask<float[]> call =
        new FutureTask<>(() -> network.predict(new float[side * side], 1, side, side));
    Thread caller = new Thread(call);
    caller.start();
    while (!call.isDone() && !network.isInUse()) {
      Thread.onSpinWait();
    }
    network.close();
    network.close();
    assertEquals(0.5f, call.get()[0]);
    assertThrows(IllegalStateException.class, () -> network.predict(new float[64], 1, 8, 8));
  }

  @Test
  void sigmoidOfTheLogitsComesOut() {
    try (TensorFlowNetwork network =
        new TensorFlowNetwork(model(1, ModelDescription.SIGMOID, LN3), runtime)) {
      float[] image = {0, 1, 2, 0, 0, 0};
      float[] expected = {0.5f, 0.75f, 0.9f, 0.5f, 0.5f, 0.5f};
      assertArrayEquals(expected, network.predict(image, 1, 2, 3), 1e-6f);
    }
  }

  @Test
  void softmaxOfBackgroundAndForegroundGivesTheForegroundAlone() {
    try (TensorFlowNetwork network =
        new TensorFlowNetwork(model(2, ModelDescription.SOFTMAX, 0, LN3), runtime)) {
      assertEquals(1, network.outputs());
      assertArrayEquals(
          new float[] {0.75f, 0.5f}, network.predict(new float[] {1, 0}, 1, 1, 2), 1e-6f);
    }
  }

  @Test
  void softmaxOverSeveralClassesAddsToOne() {
    try (TensorFlowNetwork network =
        new TensorFlowNetwork(model(3, ModelDescription.SOFTMAX, 0, 0, LN3), runtime)) {
      assertArrayEquals(
          new float[] {0.2f, 0.2f, 0.6f}, network.predict(new float[] {1}, 1, 1, 1), 1e-6f);
    }
  }

  @Test
  void aBatchGivesWhatItsPatchesGiveOneByOne() {
    try (TensorFlowNetwork network =
        new TensorFlowNetwork(model(1, ModelDescription.SIGMOID, LN3), runtime)) {
      Random random = new Random(3);
      float[] image = new float[2 * 4 * 5];
      for (int i = 0; i < image.length; i++) {
        image[i] = random.nextFloat();
      }
      float[] both = network.predict(image, 2, 4, 5);
      float[] second = network.predict(Arrays.copyOfRange(image, 20, 40), 1, 4, 5);
      assertArrayEquals(second, Arrays.copyOfRange(both, 20, 40), 1e-6f);
    }
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    Map<String, Weights.Tensor> weights =
        Map.of("hidden/kernel", new Weights.Tensor(new int[] {1, 1, 1, 1}, new float[1]));
    ModelDescription description =
        ModelDescription.builder("wrong", "tiny").parameters(Map.of("width", 1)).build();
    ModelFolder.save(folder.resolve("wrong"), description, new Weights(weights));
    ModelFolder model = ModelFolder.open(folder.resolve("wrong"));
    BadInputException e =
        assertThrows(BadInputException.class, () -> new TensorFlowNetwork(model, runtime));
    assertTrue(e.getMessage().contains("[1, 1, 1, 1]"), e.getMessage());
    assertTrue(e.getMessage().contains("[3, 3, 1, 1]"), e.getMessage());
  }

  @Test
  void anExportedModelGivesTheSameProbabilities() {
    ModelFolder model = model(1, ModelDescription.SIGMOID, LN3);
    Path target = folder.resolve("saved model");
    SavedModelExport.export(model, target, runtime);
    assertTrue(Files.exists(target.resolve("saved_model.pb")));
    try (SavedModelBundle bundle = SavedModelBundle.load(target.toString(), "serve");
        TFloat32 image =
            TFloat32.tensorOf(Shape.of(1, 1, 2, 1), DataBuffers.of(new float[] {1, 2}));
        Result result = bundle.call(Map.of("image", image))) {
      TFloat32 probability = (TFloat32) result.get("probability").orElseThrow();
      assertEquals(0.75f, probability.getFloat(0, 0, 0, 0), 1e-6f);
      assertEquals(0.9f, probability.getFloat(0, 0, 1, 0), 1e-6f);
    }
    assertThrows(OutputException.class, () -> SavedModelExport.export(model, target, runtime));
    assertFalse(Files.exists(folder.resolve("saved model.partial")));
  }
}
