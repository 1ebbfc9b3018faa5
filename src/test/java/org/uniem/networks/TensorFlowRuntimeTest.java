package org.uniem.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;
import org.uniem.job.ResourceException;

class TensorFlowRuntimeTest {

  @Test
  void gpuThatIsNotThereIsRefused() {
    assumeTrue(
        !new TensorFlowRuntime("auto", 1).describe().startsWith("GPU"), "skipped: has a GPU");
    ResourceException refusal =
        assertThrows(ResourceException.class, () -> new TensorFlowRuntime("gpu", 1));
    assertTrue(refusal.getMessage().startsWith("device=gpu, but TensorFlow sees no GPU: "));
    assertTrue(refusal.getMessage().contains("Give device=auto or device=cpu"));
  }

  @Test
  void automaticDeviceIsNamed() {
    String device = new TensorFlowRuntime("auto", 2).describe();
    assertTrue(device.startsWith("CPU, 2 threads (no GPU: ") || device.startsWith("GPU, "), device);
    assertEquals("CPU, 1 thread", new TensorFlowRuntime("cpu", 1).describe());
  }

  @Test
  void unknownDeviceIsRefused() {
    assertThrows(BadParameterException.class, () -> new TensorFlowRuntime("tpu", 1));
    assertThrows(BadParameterException.class, () -> new TensorFlowRuntime("cpu", -1));
  }
}
