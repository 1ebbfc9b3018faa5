package org.uniem.commands.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.job.ResourceException;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.PatchNetwork;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.inference.TensorFlowNetwork;

/** A network in a process of its own gives what it gives here, and outlives its process. */
@Timeout(120)
class PredictionClientTest {

  private static final ComputeSettings SETTINGS = new ComputeSettings("cpu", 2, 256);
  private static final int SIZE = 64;

  @TempDir Path folder;
  private Path model;
  private PredictionClient client;

  @BeforeEach
  void openModel() {
    model = folder.resolve("Modell ü 模型");
    TinyModel.save(model, 1);
    client = PredictionClient.open(model, SETTINGS);
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static float[] image(long seed) {
    Random random = new Random(seed);
    float[] image = new float[2 * SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }

  private float[] here(float[] image) {
    try (PatchNetwork network =
        new TensorFlowNetwork(ModelFolder.open(model), new TensorFlowRuntime("cpu", 2))) {
      return network.predict(image, 2, SIZE, SIZE);
    }
  }

  @Test
  void predictsBitForBitAsHere() {
    float[] image = image(1);
    float[] apart = client.predict(image, 2, SIZE, SIZE);
    assertEquals(2 * SIZE * SIZE * client.outputs(), apart.length);
    assertArrayEquals(here(image), apart, 0f);
    assertEquals("CPU, 2 threads", client.device());
    assertEquals(ModelFolder.describe(model).classes(), client.description().classes());
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        long seed = i % 4;
        tasks.add(() -> client.predict(image(seed), 2, SIZE, SIZE));
      }
      Map<Integer, float[]> expected = new TreeMap<>();
      for (int i = 0; i < 4; i++) {
        expected.put(i, here(image(i)));
      }
      List<Future<float[]>> answers = pool.invokeAll(tasks);
      for (int i = 0; i < answers.size(); i++) {
        assertArrayEquals(expected.get(i % 4), answers.get(i).get(), 0f);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void newWeightsArePickedUp() {
    float[] before = client.predict(image(1), 2, SIZE, SIZE);
    assertFalse(client.refresh());
    TinyModel.save(model, 2);
    assertArrayEquals(before, client.predict(image(1), 2, SIZE, SIZE), 0f);
    assertTrue(client.refresh());
    float[] after = client.predict(image(1), 2, SIZE, SIZE);
    assertFalse(Arrays.equals(before, after));
    assertArrayEquals(here(image(1)), after, 0f);
  }

  @Test
  void damagedModelLeavesTheOldOneInUse() throws Exception {
    float[] before = client.predict(image(1), 2, SIZE, SIZE);
    Path description = model.resolve(ModelFolder.DESCRIPTION_FILE);
    String sha256 = client.description().weights().sha256();
    Files.writeString(
        description, Files.readString(description).replace(sha256, "0".repeat(sha256.length())));
    assertThrows(BadInputException.class, client::refresh);
    assertArrayEquals(before, client.predict(image(1), 2, SIZE, SIZE), 0f);
  }

  @Test
  void killedProcessIsOneSentenceAndTheNextCallStartsAnother() throws Exception {
    float[] before = client.predict(image(1), 2, SIZE, SIZE);
    ProcessHandle killed = ProcessHandle.of(client.pid()).orElseThrow();
    float[] large = new float[4096 * 4096];
    Thread killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(150);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              killed.destroyForcibly();
            });
    killer.start();
    ResourceException end = assertThrows(ResourceException.class, () -> predictUntilItEnds(large));
    killer.join();
    assertTrue(end.getMessage().contains("ended unexpectedly (signal 9"), end.getMessage());
    assertEquals(1, end.getMessage().lines().count());
    assertArrayEquals(before, client.predict(image(1), 2, SIZE, SIZE), 0f);
    assertNotEquals(killed.pid(), client.pid());
  }

  private void predictUntilItEnds(float[] image) {
    while (true) {
      client.predict(image, 1, 4096, 4096);
    }
  }

  @Test
  void closeEndsTheProcessAndCancels() throws Exception {
    ProcessHandle process = ProcessHandle.of(client.pid()).orElseThrow();
    client.close();
    process.onExit().get(5, TimeUnit.SECONDS);
    assertThrows(CancellationException.class, () -> client.predict(image(1), 2, SIZE, SIZE));
  }

  @Test
  void wrongSizesAreRefusedAndTheProcessGoesOn() {
    long process = client.pid();
    assertThrows(RuntimeException.class, () -> client.predict(new float[7], 1, 64, 64));
    client.predict(image(1), 2, SIZE, SIZE);
    assertEquals(process, client.pid());
  }

  @Test
  void missingModelIsRefusedWithoutAProcess() {
    BadInputException refusal =
        assertThrows(
            BadInputException.class, () -> PredictionClient.open(folder.resolve("none"), SETTINGS));
    assertTrue(refusal.getMessage().contains("does not exist"), refusal.getMessage());
  }
}
