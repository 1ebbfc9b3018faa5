package org.uniem.commands.objects;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.annotation.ObjectRuns;
import org.uniem.annotation.measurement.Measurements;
import org.uniem.annotation.meshes.ObjectSurfaces;
import org.uniem.annotation.skeletons.TeasarOptions;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/** Measures objects into tables. */
@Plugin(
    type = Command.class,
    name = "measure-objects",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Objects", weight = 3.5, mnemonic = 'j'),
      @Menu(label = "Measure Objects...", weight = 2, mnemonic = 'o')
    },
    headless = true,
    description = "Measures size, surface, shape, brightness, contacts and skeletons of objects")
public class MeasureObjects extends UniEmCommand {

  @Parameter(
      label = "Segmentation",
      description = "label stack, 0 = background",
      style = CommandParameters.VOLUME)
  File segmentation;

  @Parameter(
      label = "Images",
      description = "of the same size, whose brightness is measured; may be left out",
      style = CommandParameters.VOLUME,
      required = false,
      persist = false)
  File images;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description =
          "name of the CSV file; a table of the areas in which objects touch is beside it, with"
              + " -contacts in its name",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Skeletons",
      description =
          "whether lengths, branches and radii are measured, which takes most of the time",
      persist = false)
  boolean skeletons = true;

  @Parameter(
      label = "Objects",
      description = "ids, for example 3,17,100-200; empty for all",
      required = false,
      persist = false)
  String ids = "";

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      persist = false)
  String voxelSize = "";

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected void checkParameters() {
    new IdSelection(ids);
    Paths.requireFree("output", table());
    Paths.requireFree("output", contacts());
  }

  private Path table() {
    return output.toPath().resolveSibling(Paths.baseName(output.toPath(), ".csv") + ".csv");
  }

  private Path contacts() {
    return output.toPath().resolveSibling(Paths.baseName(table()) + "-contacts.csv");
  }

  @Override
  protected String outputEnding() {
    return "-measurements.csv";
  }

  @Override
  protected List<ResultView> views() {
    return List.of(
        new ResultView(ResultView.Kind.TABLE, table()),
        new ResultView(ResultView.Kind.TABLE, contacts()));
  }

  @Override
  protected Path execute(Job job) {
    try (Volume labels = measured(openLabels("segmentation", segmentation), voxelSize)) {
      if (!CommandParameters.isGiven(images)) {
        return measure(labels, Optional.empty(), job);
      }
      try (Volume grey = openGrey("images", images)) {
        VolumeSizes.requireSame("segmentation", labels, "images", grey);
        return measure(labels, Optional.of(SliceReader.of(grey, 0)), job);
      }
    }
  }

  private Path measure(Volume labels, Optional<SliceReader> grey, Job job) {
    try (ObjectRuns runs = ObjectRuns.find(labels, grey, job)) {
      long[] chosen = new IdSelection(ids).of(runs.ids(), labels.name());
      try (ObjectSurfaces surfaces = ObjectSurfaces.findWithNeighbours(labels, job)) {
        Optional<TeasarOptions> options =
            skeletons ? Optional.of(TeasarOptions.DEFAULT) : Optional.empty();
        write(Measurements.of(chosen, runs, surfaces, grey.isPresent(), options, job));
      }
      job.message(chosen.length + (chosen.length == 1 ? " object" : " objects") + " measured.");
      return table();
    }
  }

  private void write(Measurements measurements) {
    WholeFile.writeText(contacts(), measurements.contactsCsv());
    try {
      WholeFile.writeText(table(), measurements.toCsv());
    } catch (OutputException e) {
      Paths.deleteAfter(e, contacts());
      throw e;
    }
  }
}
