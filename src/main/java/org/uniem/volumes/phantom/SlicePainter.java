package org.uniem.volumes.phantom;

import java.util.Arrays;
import java.util.List;
import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/**
 * Paints one slice: the mean of the tissue over the thickness of the section, then the microscope.
 */
final class SlicePainter {

  /** Between sub-slices that are averaged to a section, nm, at most. */
  private static final double SUBSLICE = 13;

  private final PhantomOptions options;
  private final VoxelSize voxel;
  private final Cells cells;
  private final Organelles organelles;
  private final Tissue tissue;
  private final Microscope microscope;
  private final long z;
  private final int width;
  private final int height;

  /** Pixels painted beyond each border, which the blur needs. */
  private final int margin;

  private final int paddedWidth;
  private final int paddedHeight;

  SlicePainter(PhantomOptions options, Cells cells, Organelles organelles, long z) {
    this.options = options;
    this.voxel = options.voxelSize();
    this.cells = cells;
    this.organelles = organelles;
    this.tissue = new Tissue(options.seed());
    this.microscope = new Microscope(options, z);
    this.z = z;
    this.width = (int) options.width();
    this.height = (int) options.height();
    this.margin = microscope.margin();
    this.paddedWidth = width + 2 * margin;
    this.paddedHeight = height + 2 * margin;
  }

  PhantomSlice paint(Job job) {
    double bottom = z * voxel.z();
    double top = bottom + voxel.z();
    List<Body> bodies = organelles.between(bottom - 80, top + 80);
    List<Vesicles.Vesicle> vesicles =
        Vesicles.between(bottom, top, options, cells, tissue, bodies, job);
    // An odd number, so that the labels are those of the middle one.
    int half = (int) Math.floor(voxel.z() / SUBSLICE / 2);
    int count = 2 * half + 1;
    float[] sum = new float[paddedWidth * paddedHeight];
    int[] mitochondria = new int[width * height];
    int[] cellIds = new int[width * height];
    for (int i = 0; i < count; i++) {
      double placeZ = bottom + (i + 0.5) * voxel.z() / count;
      float[] rings = rings(vesicles, placeZ);
      for (int y = 0; y < paddedHeight; y++) {
        job.checkCancelled();
        Row row = new Row(y, placeZ, bodies);
        for (int x = 0; x < paddedWidth; x++) {
          int index = y * paddedWidth + x;
          sum[index] += (float) (row.brightness(x, rings[index]) / count);
          if (i == half) {
            row.label(x, mitochondria, cellIds);
          }
        }
      }
    }
    return new PhantomSlice(microscope.expose(sum, job), mitochondria, cellIds);
  }

  private double placeX(int paddedX) {
    return (paddedX - margin + 0.5) * voxel.x();
  }

  private double placeY(int paddedY) {
    return (paddedY - margin + 0.5) * voxel.y();
  }

  /** How dark vesicles make each pixel. */
  private float[] rings(List<Vesicles.Vesicle> vesicles, double placeZ) {
    float[] rings = new float[paddedWidth * paddedHeight];
    for (Vesicles.Vesicle vesicle : vesicles) {
      double dz = placeZ - vesicle.z();
      double reach = vesicle.radius() + 8;
      if (Math.abs(dz) < reach) {
        paint(vesicle, dz, reach, rings);
      }
    }
    return rings;
  }

  private void paint(Vesicles.Vesicle vesicle, double dz, double reach, float[] rings) {
    int x0 = Math.max(0, (int) Math.floor((vesicle.x() - reach) / voxel.x()) + margin);
    int y0 = Math.max(0, (int) Math.floor((vesicle.y() - reach) / voxel.y()) + margin);
    for (int y = y0; y < paddedHeight && placeY(y) <= vesicle.y() + reach; y++) {
      for (int x = x0; x < paddedWidth && placeX(x) <= vesicle.x() + reach; x++) {
        double dx = placeX(x) - vesicle.x();
        double dy = placeY(y) - vesicle.y();
        double inside = vesicle.radius() - Math.sqrt(dx * dx + dy * dy + dz * dz);
        double dark = 0.30 * Tissue.bump((inside - 3) / 9);
        if (vesicle.dense()) {
          dark = Math.max(dark, 0.36 * Math.min(1, Math.max(0, inside / 10)));
        }
        int index = y * paddedWidth + x;
        rings[index] = Math.max(rings[index], (float) dark);
      }
    }
  }

  /** Paints pixels of one row at one depth. */
  private final class Row {

    private final Cells.Probe probe = new Cells.Probe();
    private final int y;
    private final double placeY;
    private final double placeZ;
    private final Body[] bodies;
    private final double[] minX;
    private final double[] maxX;
    private int mitochondrion;
    private boolean onMembrane;

    Row(int y, double placeZ, List<Body> all) {
      this.y = y - margin;
      this.placeY = placeY(y);
      this.placeZ = placeZ;
      bodies =
          all.stream()
              .filter(body -> body.min(1) - 10 <= placeY && body.max(1) + 10 >= placeY)
              .toArray(Body[]::new);
      minX = Arrays.stream(bodies).mapToDouble(body -> body.min(0) - 10).toArray();
      maxX = Arrays.stream(bodies).mapToDouble(body -> body.max(0) + 10).toArray();
    }

    double brightness(int x, double ring) {
      double placeX = placeX(x);
      cells.find(placeX, placeY, placeZ, 70, probe);
      double value = tissue.cytoplasm(placeX, placeY, placeZ, probe) - ring;
      mitochondrion = 0;
      double deepest = -10;
      for (int i = 0; i < bodies.length; i++) {
        if (placeX >= minX[i] && placeX <= maxX[i]) {
          double depth = -bodies[i].distance(placeX, placeY, placeZ);
          if (depth > deepest) {
            deepest = depth;
            mitochondrion = depth >= 0 ? bodies[i].number() : 0;
            value = tissue.organelle(bodies[i], depth, placeX, placeY, placeZ, value);
          }
        }
      }
      onMembrane =
          mitochondrion == 0 && probe.clearance < tissue.halfGap(placeX, placeY, placeZ) + 10;
      return Math.max(0.12, value - tissue.membrane(placeX, placeY, placeZ, probe));
    }

    /** Notes the labels of the pixel painted last. */
    void label(int paddedX, int[] mitochondria, int[] cellIds) {
      int x = paddedX - margin;
      if (x >= 0 && x < width && y >= 0 && y < height) {
        mitochondria[y * width + x] = mitochondrion;
        cellIds[y * width + x] = onMembrane ? 0 : Cells.id(options, probe);
      }
    }
  }
}
