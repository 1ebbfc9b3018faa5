package org.uniem.commands.progress;

import java.util.Locale;
import org.uniem.job.Job;
import org.uniem.networks.training.run.TrainingListener;

/** Tells the user the loss every few seconds and each validation. */
public final class TrainingMessages implements TrainingListener {

  private static final long NANOS_BETWEEN_MESSAGES = 15_000_000_000L;

  private final Job job;
  private long lastMessage = System.nanoTime();
  private double sum;
  private long steps;

  public TrainingMessages(Job job) {
    this.job = job;
  }

  @Override
  public void step(long step, double loss) {
    sum += loss;
    steps++;
    long now = System.nanoTime();
    if (now - lastMessage >= NANOS_BETWEEN_MESSAGES) {
      job.message(String.format(Locale.ROOT, "Step %d: loss %.4f.", step, sum / steps));
      lastMessage = now;
      sum = 0;
      steps = 0;
    }
  }

  @Override
  public void validation(long step, double loss, double jaccard) {
    job.message(
        String.format(
            Locale.ROOT, "Step %d: validation loss %.4f, Jaccard %.4f.", step, loss, jaccard));
  }
}
