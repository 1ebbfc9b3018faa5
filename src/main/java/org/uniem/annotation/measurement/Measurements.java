package org.uniem.annotation.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.uniem.annotation.ObjectRuns;
import org.uniem.annotation.ObjectTable;
import org.uniem.annotation.ObjectTasks;
import org.uniem.annotation.ObjectVoxels;
import org.uniem.annotation.meshes.ObjectSurfaces;
import org.uniem.annotation.meshes.Surface;
import org.uniem.annotation.skeletons.Skeleton;
import org.uniem.annotation.skeletons.Teasar;
import org.uniem.annotation.skeletons.TeasarOptions;
import org.uniem.job.Decimals;
import org.uniem.job.Job;

/**
 * Measures objects: their voxels, the area of their surface ({@link Surface#areas}) and their
 * skeletons. Where an object is cut by the border of the stack the cut counts as surface. Immutable
 * and thread-safe.
 */
public final class Measurements {

  private static final long BYTES_PER_VOXEL = 64;

  private final ObjectTable table;
  private final List<ObjectShape> shapes;
  private final String unit;
  private final boolean brightness;
  private final boolean skeletons;

  private Measurements(
      ObjectRuns runs, List<ObjectShape> shapes, boolean brightness, boolean skeletons) {
    table = runs.table();
    this.shapes = shapes;
    unit = runs.voxelSize().plainUnit();
    this.brightness = brightness;
    this.skeletons = skeletons;
  }

  /**
   * Measures objects in parallel, as many at a time as memory holds.
   *
   * @param ids of the objects, at least one
   * @param runs their voxels
   * @param surfaces of the same stack, found with neighbours
   * @param brightness whether the runs were found with images
   * @param skeletons how to make skeletons; empty for none
   * @param job carries the cancel token, progress and threads
   */
  public static Measurements of(
      long[] ids,
      ObjectRuns runs,
      ObjectSurfaces surfaces,
      boolean brightness,
      Optional<TeasarOptions> skeletons,
      Job job) {
    List<ObjectShape> shapes = new ArrayList<>();
    ObjectTasks.each(
        "Measuring objects",
        ids,
        id -> surfaces.bytesToMesh(id) + BYTES_PER_VOXEL * runs.table().voxels(id),
        id -> shape(id, runs, surfaces, skeletons, job),
        shapes::add,
        job);
    return new Measurements(runs, shapes, brightness, skeletons.isPresent());
  }

  private static ObjectShape shape(
      long id, ObjectRuns runs, ObjectSurfaces surfaces, Optional<TeasarOptions> options, Job job) {
    Surface surface = surfaces.surface(id, job);
    double[] areas = surface.areas(job);
    double ball = Math.cbrt(Math.PI) * Math.pow(6 * runs.table().volume(id), 2 / 3.0);
    // No body has less area than a ball of its volume, but estimates of small balls may.
    double area = Math.max(ball, Arrays.stream(areas).sum());
    TreeMap<Long, Double> contacts = ContactAreas.of(surface.outside(), areas);
    contacts.remove(0L);
    ObjectVoxels voxels = runs.voxels(id);
    job.checkCancelled();
    Skeleton skeleton =
        options
            .map(chosen -> Teasar.of(voxels, chosen, job))
            .orElseGet(() -> new Skeleton(id, new double[0], new float[0], new int[0]));
    return new ObjectShape(
        id,
        area,
        ball / area,
        PrincipalAxes.of(runs.table().covariance(id)),
        FeretDiameters.of(voxels),
        contacts,
        skeleton);
  }

  /** What was measured, in the order of the ids. */
  public List<ObjectShape> shapes() {
    return List.copyOf(shapes);
  }

  /**
   * The table as comma-separated values with a header line: the columns of {@link ObjectTable},
   * surface area, sphericity, semi-axes and direction of the longest, Feret diameters, area that
   * touches other objects and their number, mean and standard deviation of the brightness where
   * there are images, length, branch points, end points and radii of the skeleton where skeletons
   * were made; empty where an object is too small for one.
   */
  public String toCsv() {
    String header =
        table.csvHeader()
            + ",surface_area_%1$s2,sphericity,semi_axis1_%1$s,semi_axis2_%1$s,semi_axis3_%1$s,"
            + "axis1_x,axis1_y,axis1_z,feret_max_%1$s,feret_min_%1$s,contact_area_%1$s2,contacts";
    header += brightness ? ",intensity_mean,intensity_sd" : "";
    header +=
        skeletons
            ? ",skeleton_length_%1$s,branch_points,end_points,radius_min_%1$s,radius_mean_%1$s,"
                + "radius_max_%1$s"
            : "";
    StringBuilder csv = new StringBuilder(header.replace("%1$s", unit)).append('\n');
    for (ObjectShape shape : shapes) {
      csv.append(table.csvRow(shape.id()));
      double[] axes = shape.axes().semiAxes();
      double[] direction = shape.axes().direction();
      put(csv, shape.area(), shape.sphericity(), axes[0], axes[1], axes[2]);
      put(csv, direction[0], direction[1], direction[2]);
      put(csv, shape.feret().max(), shape.feret().min(), shape.contactArea());
      csv.append(',').append(shape.contacts().size());
      if (brightness) {
        put(csv, table.mean(shape.id()), table.standardDeviation(shape.id()));
      }
      if (skeletons) {
        putSkeleton(csv, shape.skeleton());
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static void putSkeleton(StringBuilder csv, Skeleton skeleton) {
    if (skeleton.size() == 0) {
      csv.append(",,,,,,");
      return;
    }
    put(csv, skeleton.length());
    csv.append(',').append(skeleton.branchPoints()).append(',').append(skeleton.endPoints());
    put(csv, skeleton.minRadius(), skeleton.meanRadius(), skeleton.maxRadius());
  }

  private static void put(StringBuilder csv, double... values) {
    for (double value : values) {
      csv.append(',').append(Decimals.of(value));
    }
  }

  /**
   * Where objects touch, as comma-separated values with a header line: two ids and the area, the
   * mean of what the surfaces of both say. Of objects that were not measured only the other's
   * surface counts.
   */
  public String contactsCsv() {
    Map<Long, ObjectShape> byId = new HashMap<>();
    shapes.forEach(shape -> byId.put(shape.id(), shape));
    StringBuilder csv = new StringBuilder("id_1,id_2,contact_area_" + unit + "2\n");
    for (ObjectShape shape : shapes) {
      shape
          .contacts()
          .forEach(
              (other, area) -> {
                ObjectShape second = byId.get(other);
                if (second == null || shape.id() < other) {
                  double back = second == null ? area : second.contacts().get(shape.id());
                  csv.append(Math.min(shape.id(), other)).append(',');
                  csv.append(Math.max(shape.id(), other));
                  put(csv, (area + back) / 2);
                  csv.append('\n');
                }
              });
    }
    return csv.toString();
  }
}
