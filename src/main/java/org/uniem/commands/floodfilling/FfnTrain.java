package org.uniem.commands.floodfilling;

import java.nio.file.Path;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.event.EventService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.progress.TrainingMessages;
import org.uniem.commands.progress.TrainingStarted;
import org.uniem.job.Job;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.MaskTraining;
import org.uniem.networks.training.run.RunStatus;
import org.uniem.volumes.Volume;

/** Trains a flood-filling network from a labelled volume. */
@Plugin(
    type = Command.class,
    name = "ffn-train",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Train FFN...", weight = 1, mnemonic = 't')
    },
    headless = true,
    description = "Trains a flood-filling network from labelled objects")
public class FfnTrain extends FfnTrainingParameters {

  @Parameter(required = false)
  private EventService eventService;

  @Override
  protected void begins() {
    if (eventService != null) {
      eventService.publish(new TrainingStarted(model.toPath()));
    }
  }

  @Override
  public boolean stopAndSave() {
    return model != null && RunStatus.requestStopOfRunning(model.toPath());
  }

  @Override
  protected boolean resumes() {
    return resume;
  }

  @Override
  protected void checkParameters() {
    options();
  }

  @Override
  protected String outputEnding() {
    return "-model";
  }

  @Override
  protected Path execute(Job job) {
    TensorFlowRuntime runtime = tensorFlow();
    try (Volume imageStack = calibrated(openGrey("images", images), voxelSize);
        Volume labelStack = openLabels("labels", labels);
        Volume maskStack = CommandParameters.isGiven(mask) ? openGrey("mask", mask) : null) {
      MaskTraining.train(
          imageStack,
          labelStack,
          Optional.ofNullable(maskStack),
          model.toPath(),
          options(),
          resume,
          runtime,
          new TrainingMessages(job),
          job);
    }
    return model.toPath();
  }
}
