package org.uniem.commands.help;

import java.util.ArrayList;
import java.util.List;
import org.uniem.commands.report.LinePlot;
import org.uniem.networks.training.run.TrainingListener;

/** Keeps the course of a training for a plot. Not thread-safe. */
final class LossCurve implements TrainingListener {

  private final List<double[]> losses = new ArrayList<>();
  private final List<double[]> validations = new ArrayList<>();

  @Override
  public void step(long step, double loss) {
    losses.add(new double[] {step, loss});
  }

  @Override
  public void validation(long step, double loss, double jaccard) {
    validations.add(new double[] {step, loss, jaccard});
  }

  /** The number of steps. */
  int steps() {
    return losses.size();
  }

  LinePlot lossPlot() {
    return new LinePlot(
        "Loss",
        "step",
        "loss",
        true,
        List.of(series("training", losses, 1, true), series("validation", validations, 1, false)));
  }

  LinePlot scorePlot() {
    return new LinePlot(
        "Validation score",
        "step",
        "foreground Jaccard index",
        false,
        List.of(series("validation", validations, 2, false)));
  }

  private static LinePlot.Series series(
      String name, List<double[]> rows, int column, boolean smoothed) {
    return new LinePlot.Series(
        name,
        rows.stream().mapToDouble(row -> row[0]).toArray(),
        rows.stream().mapToDouble(row -> row[column]).toArray(),
        smoothed);
  }
}
