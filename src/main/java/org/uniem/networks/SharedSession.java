package org.uniem.networks;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * A graph and its session for calls from several threads at a time. Thread-safe.
 *
 * <p>Closed, it takes no further calls; those that run come to their end, and the last of them
 * frees the native memory.
 */
public final class SharedSession implements AutoCloseable {

  private static final String LOWER = "batch, tile or the number of parts at a time";

  private final Graph graph;
  private final Session session;

  /** Calls that are running, and one more until this is closed. */
  private final AtomicInteger uses = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens a session.
   *
   * @param graph is complete; from now on closed with this
   * @param runtime opens the session
   */
  public SharedSession(Graph graph, TensorFlowRuntime runtime) {
    this.graph = graph;
    this.session = runtime.open(graph);
  }

  /**
   * Uses the session.
   *
   * @param call must not keep the session
   * @throws IllegalStateException if this is closed
   */
  public <T> T use(Function<Session, T> call) {
    if (uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new IllegalStateException("The network is closed.");
    }
    try {
      return NativeMemory.use(LOWER, () -> call.apply(session));
    } finally {
      release();
    }
  }

  /** The values of the first tensor of a result, which is one of 32-bit floats. */
  public static float[] values(Result result) {
    TFloat32 tensor = (TFloat32) result.get(0);
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(NdArrays.wrap(tensor.shape(), DataBuffers.of(values, false, false)));
    return values;
  }

  /** Whether a call is running. */
  public boolean isInUse() {
    return uses.get() > 1;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  /** The last to leave frees the native memory: closing a session in use would wait for it. */
  private void release() {
    if (uses.decrementAndGet() == 0) {
      session.close();
      graph.close();
    }
  }
}
