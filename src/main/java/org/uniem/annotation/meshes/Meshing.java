package org.uniem.annotation.meshes;

import java.util.function.Consumer;
import java.util.function.Function;
import org.uniem.annotation.ObjectTasks;
import org.uniem.job.Job;

/** Makes the meshes of many objects at a time, as many as memory holds. */
public final class Meshing {

  private Meshing() {}

  /**
   * Makes meshes in parallel and hands them on one after the other.
   *
   * @param surfaces of a stack
   * @param ids of the objects; results come in this order
   * @param options smoothing and simplification
   * @param inParallel does what can be done with a mesh at the same time as with others
   * @param inOrder takes its results, in the calling thread
   * @param job carries the cancel token, progress and threads
   */
  public static <T> void each(
      ObjectSurfaces surfaces,
      long[] ids,
      MeshOptions options,
      Function<TriangleMesh, T> inParallel,
      Consumer<T> inOrder,
      Job job) {
    ObjectTasks.each(
        "Making meshes",
        ids,
        surfaces::bytesToMesh,
        id -> inParallel.apply(options.apply(surfaces.bareSurface(id, job), job)),
        inOrder,
        job);
  }
}
