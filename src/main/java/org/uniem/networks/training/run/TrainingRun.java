package org.uniem.networks.training.run;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.Safetensors;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;

/**
 * One training from its start, or its checkpoint, to its end: the loop that all kinds of networks
 * share. Not thread-safe.
 */
public final class TrainingRun implements AutoCloseable {

  private final TrainingFolder place;
  private final Learner learner;
  private final RunPlan plan;
  private final TensorFlowRuntime runtime;
  private final Job job;
  private final TrainingRecord record;
  private final long start = System.nanoTime();

  private long step;
  private double secondsBefore;
  private double smoothedLoss = Double.NaN;
  private float bestScore = -1;
  private int sinceBest;
  private long validated;
  private long reported;
  private double lookedForStop;

  private TrainingRun(
      TrainingFolder place,
      Learner learner,
      RunPlan plan,
      TensorFlowRuntime runtime,
      TrainingListener listener,
      Job job) {
    this.place = place;
    this.learner = learner;
    this.plan = plan;
    this.runtime = runtime;
    this.job = job;
    try {
      if (place.resumed() != null) {
        resume(place.resumed());
        refuseIfOver();
      }
      place.create();
      RunStatus.clearStopRequest(place.folder());
      RunStatus.begin(runtime.describe(), plan.limits(), step, secondsBefore).write(place.folder());
      this.record = new TrainingRecord(place.training(), step, listener);
    } catch (RuntimeException | Error e) {
      learner.close();
      throw e;
    }
  }

  /**
   * Trains a network and saves it in the model folder.
   *
   * <p>A cancel returns within a second. Where a single step of the network takes longer, it is
   * finished and its checkpoint written by a thread of its own after that.
   *
   * @param place the model folder
   * @param learner builds what is trained, in the thread that trains
   * @param plan when it ends, and what happens on the way
   * @param runtime what it computes on
   * @param listener follows losses and scores
   * @param job progress and cancel
   * @throws BadParameterException if the loss becomes infinite
   * @throws CancellationException if the job is cancelled
   */
  public static TrainingResult train(
      TrainingFolder place,
      Supplier<? extends Learner> learner,
      RunPlan plan,
      TensorFlowRuntime runtime,
      TrainingListener listener,
      Job job) {
    return PromptCancel.call(
        "uniem-training",
        () -> {
          job.device(runtime.describe());
          job.message("Training on " + runtime.describe() + ".");
          try (TrainingRun run =
              new TrainingRun(place, learner.get(), plan, runtime, listener, job)) {
            return run.run();
          } catch (RuntimeException | Error e) {
            // Closed by now, so that its files can be deleted on every system.
            if (place.keepIfResumable(e)) {
              place.endAfter(e);
              job.message("What was trained so far is kept: resume=true goes on with it.");
            }
            throw e;
          }
        },
        job);
  }

  private void resume(Checkpoint checkpoint) {
    learner.restore(checkpoint.variables());
    step = checkpoint.step();
    secondsBefore = checkpoint.seconds();
    smoothedLoss = checkpoint.smoothedLoss();
    bestScore = checkpoint.bestScore();
    sinceBest = checkpoint.sinceBest();
    validated = checkpoint.validated();
    job.message("Going on from step " + step + ".");
  }

  /** Limits count all runs together, which is easily forgotten. */
  private void refuseIfOver() {
    TrainingLimits limits = plan.limits();
    boolean stepsDone = limits.steps() > 0 && step >= limits.steps();
    boolean timeOver = limits.minutes() > 0 && secondsBefore >= limits.seconds();
    // Without a model, the run before was killed while it saved.
    if ((stepsDone || timeOver) && Files.exists(place.folder().resolve("model.json"))) {
      String had =
          stepsDone
              ? step + " steps. steps=" + limits.steps() + " counts those"
              : String.format(
                  Locale.ROOT,
                  "%.1f minutes. minutes=%s counts those",
                  secondsBefore / 60,
                  limits.minutes());
      throw new BadParameterException(
          "resume=true, but the training in "
              + place.folder()
              + " has had "
              + had
              + " of all runs together: give a larger number to go on.");
    }
  }

  private TrainingResult run() {
    record.graph(learner.definition());
    String reason;
    try {
      reason = learn();
      if (step != validated) {
        validate();
      }
    } catch (CancellationException e) {
      checkpointAfterCancel();
      throw e;
    }
    checkpoint();
    return finish(reason);
  }

  /** Trains to the end and says why it is the end. */
  private String learn() {
    Job.Stage stage = stage();
    double lastCheckpoint = seconds();
    double lastModel = lastCheckpoint;
    long first = step;
    while (true) {
      // Before the next step, not after the last: a cancel between them must not lose it.
      if (step % plan.validateEvery() == 0 && step != validated) {
        validate();
      }
      Optional<String> end = end();
      if (end.isPresent()) {
        if (step == 0) {
          throw new BadParameterException(
              "The training ended before its first step ("
                  + end.get()
                  + "), so there is no model. Give more minutes, or steps.");
        }
        return end.get();
      }
      if (seconds() - lastCheckpoint >= plan.checkpointSeconds()) {
        checkpoint();
        lastCheckpoint = seconds();
      }
      boolean due = seconds() - lastModel >= plan.publishSeconds();
      if (plan.publishSeconds() > 0 && due && step > first) {
        // A model in the folder without a checkpoint could be neither resumed nor trained anew.
        checkpoint();
        lastCheckpoint = seconds();
        publish();
        lastModel = seconds();
      }
      job.checkCancelled();
      learnStep();
      advance(stage);
    }
  }

  private Job.Stage stage() {
    TrainingLimits limits = plan.limits();
    if (limits.steps() > 0 && limits.minutes() > 0) {
      // Either may end it: the share of the one that is nearer its end tells the time left.
      return job.stage("Training", 100, "percent");
    }
    return limits.steps() > 0
        ? job.stage("Training", limits.steps() - step, "steps")
        : job.stage("Training", wholeSeconds(), "seconds");
  }

  private long wholeSeconds() {
    return Math.max(1, Math.round(plan.limits().seconds() - secondsBefore));
  }

  private void advance(Job.Stage stage) {
    TrainingLimits limits = plan.limits();
    if (limits.minutes() == 0) {
      stage.advance(1);
      return;
    }
    // The last step goes on beyond the end.
    long now =
        limits.steps() == 0
            ? Math.min(wholeSeconds(), Math.round(seconds() - secondsBefore))
            : (long) (100 * Math.min(1, limits.progress(step, seconds())));
    stage.advance(Math.max(0, now - reported));
    reported = Math.max(reported, now);
  }

  private Optional<String> end() {
    TrainingLimits limits = plan.limits();
    if (limits.steps() > 0 && step >= limits.steps()) {
      return Optional.of("all " + limits.steps() + " steps done");
    }
    if (limits.minutes() > 0 && seconds() >= limits.seconds()) {
      return Optional.of(limits.minutes() + " minutes are over");
    }
    if (plan.patience() > 0 && sinceBest >= plan.patience()) {
      return Optional.of("no better validation score in " + sinceBest + " validations");
    }
    if (seconds() - lookedForStop >= 1) {
      lookedForStop = seconds();
      if (RunStatus.isStopRequested(place.folder())) {
        return Optional.of("stopped by the user");
      }
    }
    return Optional.empty();
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }

  private void learnStep() {
    double rate = learner.learningRate(step + 1, plan.limits().progress(step, seconds()));
    float loss = learner.learn(step + 1, rate, job);
    step++;
    if (!Float.isFinite(loss)) {
      throw diverged("the loss of step " + step + " is " + loss);
    }
    double old = plan.lossSmoothing();
    smoothedLoss = Double.isNaN(smoothedLoss) ? loss : old * smoothedLoss + (1 - old) * loss;
    record.step(step, seconds(), loss, rate);
  }

  private BadParameterException diverged(String how) {
    return new BadParameterException(
        "Training diverged: "
            + how
            + ". Try "
            + learner.remedy()
            + "; the checkpoint before is kept.");
  }

  private void validate() {
    if (learner.validates()) {
      Learner.Moment now = new Learner.Moment(step, seconds(), smoothedLoss);
      float score = (float) learner.validate(now, record, job);
      if (score > bestScore) {
        bestScore = score;
        sinceBest = 0;
        Safetensors.write(place.best(), learner.weights());
      } else {
        sinceBest++;
      }
    }
    validated = step;
  }

  private void checkpoint() {
    record.flush();
    Weights state = learner.state();
    // The loss need not show it, for maxima in the network leave out what is no number.
    Optional<String> damaged = state.notFinite();
    if (damaged.isPresent()) {
      throw diverged("after step " + step + " the values of " + damaged.get() + " are not finite");
    }
    new Checkpoint(state, step, seconds(), smoothedLoss, bestScore, sinceBest, validated)
        .write(place.checkpoint());
  }

  /** An interrupt, which is one way to cancel, would close the files being written. */
  private void checkpointAfterCancel() {
    boolean interrupted = Thread.interrupted();
    try {
      checkpoint();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private TrainingResult finish(String reason) {
    ModelDescription model = publish();
    place.end(RunStatus.State.ENDED, reason);
    RunStatus.clearStopRequest(place.folder());
    String rest = learner.epilogue(seconds() - secondsBefore);
    job.message(
        "Training ended after "
            + step
            + " steps: "
            + reason
            + "."
            + (rest.isEmpty() ? "" : " " + rest));
    return new TrainingResult(
        model, step, seconds(), smoothedLoss, bestScore < 0 ? Double.NaN : bestScore, reason);
  }

  /** Saves the best weights by validation, else the last, as the model. */
  private ModelDescription publish() {
    boolean scored = bestScore >= 0;
    Weights weights = scored ? Safetensors.read(place.best()) : learner.weights();
    Map<String, Object> training = new LinkedHashMap<>(place.settings());
    training.put("steps", step);
    training.put("minutes", Math.round(seconds() / 6) / 10.0);
    training.put("device", runtime.describe());
    training.put("tensorflow", runtime.version());
    if (!Double.isNaN(smoothedLoss)) {
      training.put("trainingLoss", smoothedLoss);
    }
    training.putAll(learner.facts());
    ModelDescription description =
        learner
            .description()
            .training(training)
            .scores(scored ? Map.of(learner.scoreName(), (double) bestScore) : Map.of())
            .build();
    return ModelFolder.save(place.folder(), description, weights);
  }

  @Override
  public void close() {
    try (Learner last = learner) {
      record.close();
    }
  }
}
