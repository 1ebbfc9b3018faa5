package org.uniem.networks;

import java.util.Optional;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Add;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.uniem.job.BadParameterException;
import org.uniem.job.ResourceException;

/**
 * Starts TensorFlow and opens sessions on the device the user asked for.
 *
 * <p>Every session of the suite comes from here. TensorFlow gives all sessions of a process as many
 * threads of one operation as the first one asked for, and sums are rounded differently by other
 * numbers of threads: training is the same to the bit in processes that begin with the same number.
 */
public final class TensorFlowRuntime {

  private final boolean gpu;
  private final String device;
  private final int threads;

  /**
   * Loads TensorFlow and chooses the device.
   *
   * @param device {@code "auto"} (GPU where there is one), {@code "cpu"} or {@code "gpu"}
   * @param threads threads of one operation; 0 = one per processor
   * @throws BadParameterException if the device is none of these
   * @throws ResourceException if TensorFlow cannot be loaded, or a GPU is asked for and there is
   *     none; says why and what to do
   */
  public TensorFlowRuntime(String device, int threads) {
    if (!device.equals("auto") && !device.equals("cpu") && !device.equals("gpu")) {
      throw new BadParameterException("device=" + device + " is unknown: give auto, cpu or gpu.");
    }
    if (threads < 0) {
      throw new BadParameterException("threads=" + threads + " is below 0: give 0 for all.");
    }
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    TensorFlowLibrary.load();
    String processors = "CPU, " + this.threads + (this.threads == 1 ? " thread" : " threads");
    if (device.equals("cpu")) {
      this.gpu = false;
      this.device = processors;
      return;
    }
    GpuSearch search = new GpuSearch();
    Optional<String> obstacle = search.obstacle().or(TensorFlowRuntime::failureOfGpu);
    if (obstacle.isPresent() && device.equals("gpu")) {
      throw new ResourceException(
          "device=gpu, but TensorFlow sees no GPU: "
              + obstacle.get()
              + ". It takes Linux, an NVIDIA GPU with a driver for CUDA 12, and the GPU library"
              + " (UNI-EM built with mvn -Pgpu). Give device=auto or device=cpu to work on the"
              + " processor.");
    }
    this.gpu = obstacle.isEmpty();
    this.device =
        obstacle.map(why -> processors + " (no GPU: " + why + ")").orElse("GPU, " + search.name());
  }

  /** Runs a sum on the first GPU; says why that did not go. */
  private static Optional<String> failureOfGpu() {
    ConfigProto config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(false)
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .build();
    DeviceSpec first =
        DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.GPU).deviceIndex(0).build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, config)) {
      Ops tf = Ops.create(graph).withDevice(first);
      Add<?> sum = tf.math.add(tf.constant(1f), tf.constant(1f));
      session.runner().fetch(sum).run().close();
      return Optional.empty();
    } catch (RuntimeException e) {
      // TensorFlow has an exception of its own for each way in which a device cannot be used.
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      return Optional.of("TensorFlow cannot use it (" + reason + ")");
    }
  }

  /** TensorFlow's version, for example {@code "2.18.0"}. */
  public String version() {
    return TensorFlow.version();
  }

  /** Threads of one operation. */
  public int threads() {
    return threads;
  }

  /**
   * The device in use in words, for example {@code "GPU, NVIDIA A100"}, {@code "CPU, 2 threads"},
   * or, where a GPU was looked for in vain, {@code "CPU, 2 threads (no GPU: …)"} with the reason.
   */
  public String describe() {
    return device;
  }

  /**
   * Opens a session with threads of its own.
   *
   * @param graph the graph to run
   * @return the session; the caller closes it
   */
  public Session open(Graph graph) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .setUsePerSessionThreads(true)
            .setAllowSoftPlacement(true)
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    if (!gpu) {
      config.putDeviceCount("GPU", 0);
    }
    return new Session(graph, config.build());
  }
}
