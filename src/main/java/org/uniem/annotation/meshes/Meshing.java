package org.uniem.annotation.meshes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.uniem.job.Job;

/** Makes the meshes of many objects at a time, as many as memory holds. */
public final class Meshing {

  private static final int OBJECTS_PER_THREAD = 32;

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
    Job.Stage progress = job.stage("Making meshes", ids.length, "objects");
    long room = Runtime.getRuntime().maxMemory() / 4;
    List<Callable<T>> tasks = new ArrayList<>();
    long needed = 0;
    for (int i = 0; i < ids.length; i++) {
      long id = ids[i];
      tasks.add(
          () -> {
            T result = inParallel.apply(options.apply(surfaces.mesh(id, job), job));
            progress.advance(1);
            return result;
          });
      needed += surfaces.bytesToMesh(id);
      long next = i + 1 < ids.length ? surfaces.bytesToMesh(ids[i + 1]) : 0;
      if (i + 1 == ids.length
          || needed + next > room
          || tasks.size() == OBJECTS_PER_THREAD * job.threads()) {
        job.runAll(tasks).forEach(inOrder);
        tasks.clear();
        needed = 0;
      }
    }
  }
}
