package org.uniem.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.uniem.job.Job;

/** Works on many objects at a time, as many as memory holds. */
public final class ObjectTasks {

  private static final int OBJECTS_PER_THREAD = 32;

  private ObjectTasks() {}

  /**
   * Works on objects in parallel and hands the results on one after the other.
   *
   * @param name of the stage, for people
   * @param ids of the objects; results come in this order
   * @param bytes how much memory the work on an object takes; those at work at a time take a
   *     quarter of Java's, or are alone
   * @param inParallel the work on an object
   * @param inOrder takes the results, in the calling thread
   * @param job carries the cancel token, progress and threads
   */
  public static <T> void each(
      String name,
      long[] ids,
      LongUnaryOperator bytes,
      LongFunction<T> inParallel,
      Consumer<T> inOrder,
      Job job) {
    Job.Stage progress = job.stage(name, ids.length, "objects");
    long room = Runtime.getRuntime().maxMemory() / 4;
    List<Callable<T>> tasks = new ArrayList<>();
    long needed = 0;
    for (long id : ids) {
      long more = bytes.applyAsLong(id);
      if (needed + more > room || tasks.size() == OBJECTS_PER_THREAD * job.threads()) {
        job.runAll(tasks).forEach(inOrder);
        tasks.clear();
        needed = 0;
      }
      needed += more;
      tasks.add(
          () -> {
            T result = inParallel.apply(id);
            progress.advance(1);
            return result;
          });
    }
    job.runAll(tasks).forEach(inOrder);
  }
}
