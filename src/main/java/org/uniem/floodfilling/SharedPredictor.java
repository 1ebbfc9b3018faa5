package org.uniem.floodfilling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.uniem.floodfilling.scene.Extent;

/**
 * Lets several threads that fill boxes of their own look through one network together: what they
 * ask for at the same time goes to it as one batch. Thread-safe.
 *
 * <p>Whoever finds the network free takes all that waits to it, after a few milliseconds for the
 * others to come. A failure reaches all that were in the batch. Closing this leaves the network
 * open.
 */
public final class SharedPredictor implements MaskPredictor {

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  private static final class Request {

    private final float[] images;
    private final float[] masks;
    private final int n;
    private float[] logits;
    private RuntimeException failure;

    Request(float[] images, float[] masks, int n) {
      this.images = images;
      this.masks = masks;
      this.n = n;
    }

    boolean isAnswered() {
      return logits != null || failure != null;
    }
  }

  private final MaskPredictor predictor;
  private final int batch;
  private final int voxels;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private boolean busy;
  private int askers;
  private boolean stopped;

  /**
   * Shares a network.
   *
   * @param predictor the network
   * @param askers how many threads will ask; with so many waiting, nobody waits for more
   * @param batch fields of view that the network looks at together, fewer where an array does not
   *     hold them; a request of more stays whole
   */
  public SharedPredictor(MaskPredictor predictor, int askers, int batch) {
    this.predictor = predictor;
    this.askers = askers;
    voxels = Math.toIntExact(Extent.of(predictor.fieldOfView()).voxels());
    this.batch = Math.min(batch, FieldOfView.LARGEST_ARRAY / voxels);
  }

  /** Answers nothing more: whoever asks is told that it was cancelled. */
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One thread less will ask from now on. */
  public void leave() {
    lock.lock();
    try {
      askers--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int[] fieldOfView() {
    return predictor.fieldOfView();
  }

  @Override
  public int[] deltas() {
    return predictor.deltas();
  }

  /**
   * {@inheritDoc}
   *
   * @throws CancellationException if this was stopped, or the thread is interrupted
   */
  @Override
  public float[] predict(float[] images, float[] masks, int n) {
    Request own = new Request(images, masks, n);
    List<Request> together = await(own);
    if (!together.isEmpty()) {
      answer(together);
    }
    if (own.failure != null) {
      throw own.failure;
    }
    return own.logits;
  }

  /** Waits for the answer, or for the network; then with those it is asked for, else empty. */
  private List<Request> await(Request own) {
    lock.lock();
    try {
      waiting.add(own);
      changed.signalAll();
      long patience = PATIENCE_NANOS;
      while (!own.isAnswered()) {
        if (stopped) {
          waiting.remove(own);
          throw new CancellationException("Another subvolume failed.");
        }
        if (busy) {
          changed.await();
        } else if (patience > 0 && !isFull()) {
          patience = changed.awaitNanos(patience);
        } else {
          busy = true;
          return takeBatch(own);
        }
      }
      return List.of();
    } catch (InterruptedException e) {
      waiting.remove(own);
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted.");
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return waiting.size() >= askers || waiting.stream().mapToInt(r -> r.n).sum() >= batch;
  }

  private List<Request> takeBatch(Request own) {
    waiting.remove(own);
    List<Request> together = new ArrayList<>(List.of(own));
    int n = own.n;
    while (!waiting.isEmpty() && n + waiting.peek().n <= batch) {
      n += waiting.peek().n;
      together.add(waiting.remove());
    }
    return together;
  }

  private void answer(List<Request> together) {
    float[] logits = null;
    RuntimeException failure = null;
    try {
      logits = ask(together);
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      lock.lock();
      try {
        if (logits == null && failure == null) {
          // The thread that asked has the cause, which counts more than a cancel.
          failure = new CancellationException("The network failed in another thread.");
        }
        deliver(together, logits, failure);
        busy = false;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private float[] ask(List<Request> together) {
    if (together.size() == 1) {
      Request only = together.get(0);
      return predictor.predict(only.images, only.masks, only.n);
    }
    int n = together.stream().mapToInt(r -> r.n).sum();
    float[] images = new float[n * voxels];
    float[] masks = new float[n * voxels];
    int at = 0;
    for (Request request : together) {
      System.arraycopy(request.images, 0, images, at, request.n * voxels);
      System.arraycopy(request.masks, 0, masks, at, request.n * voxels);
      at += request.n * voxels;
    }
    return predictor.predict(images, masks, n);
  }

  private void deliver(List<Request> together, float[] logits, RuntimeException failure) {
    int at = 0;
    for (Request request : together) {
      request.failure = failure;
      if (failure == null && together.size() == 1) {
        request.logits = logits;
      } else if (failure == null) {
        request.logits = Arrays.copyOfRange(logits, at, at + request.n * voxels);
        at += request.n * voxels;
      }
    }
  }

  @Override
  public void close() {
    // The network belongs to the caller.
  }
}
