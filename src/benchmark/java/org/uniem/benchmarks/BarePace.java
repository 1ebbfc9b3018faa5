package org.uniem.benchmarks;

import org.uniem.floodfilling.MaskPredictor;

/** The network alone, always on the same fields of view. */
record BarePace(String name, MaskPredictor network, float[] images, float[] masks, int batch)
    implements Pace {

  @Override
  public double run(double seconds) {
    long start = System.nanoTime();
    long fields = 0;
    double elapsed = 0;
    while (elapsed < seconds) {
      network.predict(images, masks, batch);
      fields += batch;
      elapsed = (System.nanoTime() - start) * 1e-9;
    }
    return fields / elapsed;
  }

  @Override
  public void close() {
    // The network belongs to the caller.
  }
}
