package org.uniem.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Fill;
import org.tensorflow.types.TFloat32;
import org.uniem.job.ResourceException;

class NativeMemoryTest {

  @Test
  void tensorsBeyondMemoryAreRefusedInOneSentence() {
    TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", 1);
    try (Graph graph = new Graph();
        Session session = runtime.open(graph)) {
      Ops tf = Ops.create(graph);
      // 2^55 bytes, more than any machine can address.
      Fill<TFloat32> fill = tf.fill(tf.constant(new long[] {1L << 53}), tf.constant(1f));
      ResourceException e =
          assertThrows(
              ResourceException.class,
              () -> NativeMemory.use("batchSize or fov", () -> session.runner().fetch(fill).run()));
      String message = e.getMessage();
      assertTrue(message.startsWith("TensorFlow has too little memory ("), message);
      assertTrue(message.contains("Lower batchSize or fov"), message);
      assertEquals(1, message.lines().count());
    }
  }

  @Test
  void whatFitsGoesThrough() {
    assertEquals(7, NativeMemory.use("nothing", () -> 7));
  }
}
