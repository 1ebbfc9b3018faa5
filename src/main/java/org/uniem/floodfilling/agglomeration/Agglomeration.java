package org.uniem.floodfilling.agglomeration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.SharedFilling;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.subvolumes.Fingerprint;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/**
 * Finds out which neighbouring objects are one, by growing both anew around the point where they
 * are nearest to each other: if the network finds the same object from either side, and all of both
 * in it, they are (Januszewski et al. 2018, 10.1038/s41592-018-0049-4, and the program published
 * with it).
 *
 * <p>Each finished pair is kept in a journal at once: a run that ended, by cancel, failure or kill,
 * goes on with the pairs that are missing. Pairs know nothing of each other: the result does not
 * depend on their number in flight, their order, or the batch. Other criteria or distances use what
 * the journal holds already.
 */
public final class Agglomeration {

  private final AgglomerationInput input;
  private final FillingModel model;
  private final AgglomerationOptions options;
  private final Job job;

  private Agglomeration(
      AgglomerationInput input, FillingModel model, AgglomerationOptions options, Job job) {
    this.input = input;
    this.model = model;
    this.options = options;
    this.job = job;
  }

  /**
   * Scores all pairs, or goes on with it.
   *
   * @param input the image and its objects
   * @param model the network
   * @param options which pairs, and how
   * @param journal file of the finished pairs
   * @return in the order of ids
   * @throws org.uniem.job.BadInputException if the journal is of another image, segmentation, model
   *     or setting, or the image does not fit the network
   * @throws org.uniem.job.ResourceException if not even one pair fits into memory
   * @throws java.util.concurrent.CancellationException if the job is cancelled; finished pairs stay
   */
  public static List<PairScores> score(
      AgglomerationInput input,
      FillingModel model,
      AgglomerationOptions options,
      Path journal,
      Job job) {
    return new Agglomeration(input, model, options, job).run(journal);
  }

  private List<PairScores> run(Path file) {
    int inFlight = options.fitting();
    FloodFilling.requireFits(subvolume(), model.predictor(), options.growing().filling());
    List<DecisionPoint> points =
        DecisionPoints.find(input.segmentation(), input.voxelSize(), options.candidates(), job);
    try (ScoreJournal journal = ScoreJournal.open(file, fingerprint())) {
      List<DecisionPoint> left = new ArrayList<>();
      for (DecisionPoint point : points) {
        if (finished(journal, point).isEmpty()) {
          left.add(point);
        }
      }
      tellOfEarlier(points.size() - left.size(), points.size(), journal);
      Job.Stage progress = job.stage("Growing pairs anew", left.size(), "pairs");
      SharedFilling.forEach(
          left,
          inFlight,
          model.predictor(),
          options.growing().filling().batch(),
          (point, predictor) -> {
            journal.keep(score(point, predictor));
            progress.advance(1);
          },
          job);
      return points.stream()
          .map(point -> finished(journal, point).orElseThrow())
          .sorted(PairScores.BY_IDS)
          .toList();
    }
  }

  /** The subvolume of a pair, smaller where the volume is. */
  private Extent subvolume() {
    long[] size = input.size();
    Extent radius = options.growing().radius();
    return new Extent(
        (int) Math.min(size[0], 2L * radius.x() + 1),
        (int) Math.min(size[1], 2L * radius.y() + 1),
        (int) Math.min(size[2], 2L * radius.z() + 1));
  }

  private Optional<PairScores> finished(ScoreJournal journal, DecisionPoint point) {
    return journal.scores(point).filter(options.criteria()::areEnough);
  }

  private void tellOfEarlier(int earlier, int all, ScoreJournal journal) {
    if (earlier > 0) {
      job.message(earlier + " of " + all + " pairs were finished before.");
    }
    if (journal.damaged() > 0) {
      job.message(journal.damaged() + " damaged lines of the journal are done again.");
    }
  }

  private PairScores score(DecisionPoint point, MaskPredictor predictor) {
    return PairRegrowth.score(
        point, input, predictor, model.intensities(), options.growing(), options.criteria(), job);
  }

  /** What scores depend on besides the decision point. */
  private Fingerprint fingerprint() {
    Volume image = input.image();
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("size", image.width() + "," + image.height() + "," + image.depth());
    entries.put("image checksum", Fingerprint.checksum(image, input.channel(), "image", job));
    entries.put("segmentation checksum", input.segmentation().checksum());
    entries.put("voxel size", input.voxelSize().toString());
    entries.put("model", model.identity() + ", " + model.intensities());
    entries.put("field of view", Extent.of(model.predictor().fieldOfView()).toString());
    entries.put("deltas", Extent.of(model.predictor().deltas()).toString());
    entries.putAll(options.growing().settings());
    return new Fingerprint(entries);
  }
}
