package org.uniem.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.SharedPredictor;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

/**
 * Flood filling of boxes in threads of their own, which are held at the door of the network while
 * others are timed. Counts the fields of view that objects have taken over; what was looked at in
 * vain does not count. A box that is full is begun anew.
 */
final class FillingPace implements Pace {

  private final String name;
  private final MaskPredictor network;
  private final Supplier<FillingScene> scenes;
  private final SeedPolicy seeds;
  private final FillingOptions options;
  private final Job job = new Job(1, ProgressListener.NONE);
  private final AtomicLong fields = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private final Object door = new Object();
  private boolean open;
  private boolean inside;
  private long lastBlocked;

  /**
   * Begins nothing yet.
   *
   * @param boxes how many are filled at a time
   */
  FillingPace(
      String name,
      MaskPredictor network,
      Supplier<FillingScene> scenes,
      SeedPolicy seeds,
      FillingOptions options,
      int boxes) {
    this.name = name;
    this.network = network;
    this.scenes = scenes;
    this.seeds = seeds;
    this.options = options;
    MaskPredictor shared = boxes == 1 ? new Door() : new SharedPredictor(new Door(), boxes, boxes);
    for (int i = 0; i < boxes; i++) {
      Thread thread = new Thread(() -> fill(shared), name + " " + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  @Override
  public String name() {
    return name;
  }

  private void fill(MaskPredictor shared) {
    try {
      while (!job.isCancelled()) {
        FillingScene scene = scenes.get();
        FloodFilling.fill(
            scene,
            shared,
            seeds,
            options,
            object -> fields.incrementAndGet(),
            job.stage("Filling", scene.voxels(), "voxels"),
            job);
      }
    } catch (CancellationException e) {
      // The end of the benchmark.
      return;
    }
  }

  @Override
  public double run(double seconds) throws InterruptedException {
    if (!threads.get(0).isAlive()) {
      inside = true;
      threads.forEach(Thread::start);
      synchronized (door) {
        awaitDoor();
      }
    }
    long before = fields.get();
    long start = System.nanoTime();
    synchronized (door) {
      open = true;
      door.notifyAll();
    }
    Thread.sleep((long) (seconds * 1000));
    synchronized (door) {
      open = false;
      inside = true;
      awaitDoor();
    }
    return (fields.get() - before) / ((lastBlocked - start) * 1e-9);
  }

  /** Waits until the network is asked for at the closed door. */
  private void awaitDoor() throws InterruptedException {
    while (inside) {
      door.wait();
    }
  }

  @Override
  public void close() throws InterruptedException {
    job.cancel();
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(5000);
    }
    job.close();
  }

  /** The network behind the door. */
  private final class Door implements MaskPredictor {

    @Override
    public int[] fieldOfView() {
      return network.fieldOfView();
    }

    @Override
    public int[] deltas() {
      return network.deltas();
    }

    @Override
    public float[] predict(float[] images, float[] masks, int n) {
      synchronized (door) {
        while (!open) {
          lastBlocked = System.nanoTime();
          inside = false;
          door.notifyAll();
          try {
            door.wait();
          } catch (InterruptedException e) {
            throw new CancellationException("The benchmark has ended.");
          }
        }
      }
      return network.predict(images, masks, n);
    }

    @Override
    public void close() {
      // The network belongs to the caller.
    }
  }
}
