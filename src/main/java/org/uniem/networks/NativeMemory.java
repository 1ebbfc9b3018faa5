package org.uniem.networks;

import java.util.function.Supplier;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.uniem.job.ResourceException;

/** Calls of TensorFlow that say in one sentence when its memory, of processor or GPU, is full. */
public final class NativeMemory {

  private NativeMemory() {}

  /**
   * Makes a call.
   *
   * @param lower the parameters that make it need less, for example {@code "batchSize or fov"}
   * @param call runs a session
   * @throws ResourceException if there is too little memory for it
   */
  public static <T> T use(String lower, Supplier<T> call) {
    try {
      return call.get();
    } catch (TFResourceExhaustedException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new ResourceException(
          "TensorFlow has too little memory ("
              + reason.strip()
              + "). Lower "
              + lower
              + ", end other programs that use the memory, or give device=cpu if it is that of a"
              + " GPU.",
          e);
    }
  }
}
