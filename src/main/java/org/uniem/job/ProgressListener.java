package org.uniem.job;

/**
 * Receives the progress of a {@link Job}. Called from any thread, often; implementations are
 * thread-safe and return quickly.
 */
public interface ProgressListener {

  /** Ignores everything. */
  ProgressListener NONE = (stage, done, total, unit) -> {};

  /**
   * Reports counted progress.
   *
   * @param stage what is being done, for people, for example {@code "Training"}
   * @param done units done so far, 0 … total
   * @param total units in all; negative where it is not known
   * @param unit the unit in plural, for example {@code "steps"}
   */
  void progress(String stage, long done, long total, String unit);

  /**
   * Reports one sentence worth a line of its own, such as the device in use or a warning.
   *
   * @param message one sentence
   */
  default void message(String message) {}

  /**
   * Reports what computes from now on, to be shown as long as it does.
   *
   * @param name for example {@code "CPU, 8 threads (no GPU: …)"}
   */
  default void device(String name) {}
}
