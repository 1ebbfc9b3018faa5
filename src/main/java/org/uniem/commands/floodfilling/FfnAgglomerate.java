package org.uniem.commands.floodfilling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;
import org.uniem.commands.dialogs.FormerLabels;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.Paths;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.agglomeration.Agglomeration;
import org.uniem.floodfilling.agglomeration.AgglomerationInput;
import org.uniem.floodfilling.agglomeration.AgglomerationOptions;
import org.uniem.floodfilling.agglomeration.MergeTable;
import org.uniem.floodfilling.agglomeration.PairScores;
import org.uniem.floodfilling.agglomeration.Segmentation;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.FloodFillingNetwork;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;
import org.uniem.volumes.Volumes;

/** Merges objects that a flood-filling network finds to be one. */
@Plugin(
    type = Command.class,
    name = "ffn-agglomerate",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Agglomerate FFN Objects...", weight = 5, mnemonic = 'a')
    },
    headless = true,
    attrs = @Attr(name = FormerLabels.ATTRIBUTE, value = "Agglomerate..."),
    description =
        "Merges neighbouring objects that are one when they are grown anew from either side")
public class FfnAgglomerate extends FfnAgglomerationParameters {

  /** A run that was killed between its table and its labels finds the table there. */
  @Override
  protected boolean resumes() {
    return Files.exists(journal());
  }

  @Override
  protected void checkParameters() {
    growing(FillingOptions.PUBLISHED);
    criteria();
    Paths.requireFree("output", output.toPath());
    ObjectFiles.requireFree(output.toPath());
    if (!resumes()) {
      Paths.requireFree("table", table());
    }
  }

  @Override
  protected String outputEnding() {
    return "-agglomerated.tif";
  }

  @Override
  protected List<ResultView> views() {
    return List.of(
        new ResultView(ResultView.Kind.LABELS, output.toPath()),
        new ResultView(ResultView.Kind.TABLE, table()));
  }

  private Path table() {
    return CommandParameters.isGiven(table) ? table.toPath() : beside("-merges.csv");
  }

  /** Finished pairs are kept beside the output, which appears last. */
  private Path journal() {
    return beside("-agglomeration.journal");
  }

  private Path beside(String ending) {
    Path path = Volumes.place(output.toPath());
    String name = Paths.isTiff(path) ? Paths.baseName(path) : path.getFileName().toString();
    return path.resolveSibling(name + ending);
  }

  @Override
  protected Path execute(Job job) {
    TensorFlowRuntime runtime = tensorFlow();
    try (Volume stack = calibrated(openGrey("images", images), voxelSize);
        Volume labels = openLabels("segmentation", segmentation);
        FloodFillingNetwork network =
            new FloodFillingNetwork(ModelFolder.open(model.toPath()), runtime)) {
      VolumeSizes.requireSame("images", stack, "segmentation", labels);
      job.device(runtime.describe());
      job.message("Agglomerating on " + runtime.describe() + ".");
      Segmentation objects = Segmentation.read(labels, job);
      AgglomerationOptions options =
          new AgglomerationOptions(
              candidates(stack.voxelSize()),
              growing(filling(network.options())),
              criteria(),
              parallel);
      List<PairScores> pairs =
          Agglomeration.score(
              new AgglomerationInput(stack, 0, objects, stack.voxelSize()),
              network.model(stack, job),
              options,
              journal(),
              job);
      job.message(pairs.size() + " pairs of neighbours.");
      publish(MergeTable.toCsv(pairs, criteria(), objects));
      return FfnApplyMerges.write(objects, MergeTable.read(table()), output.toPath(), job);
    }
  }

  /** Writes the table; one of an earlier run that was killed afterwards may be there. */
  private void publish(String csv) {
    Path file = table();
    try {
      if (Files.exists(file) && !Files.readString(file, StandardCharsets.UTF_8).equals(csv)) {
        throw new OutputException(
            "Cannot write table="
                + file
                + ": the file exists with another content, perhaps edited. Give another name or"
                + " delete it; what was computed is kept in "
                + journal().getFileName()
                + ".");
      }
    } catch (IOException e) {
      throw new OutputException(
          "Cannot read " + file + ": " + WholeFile.reason(e) + ". Give another name.", e);
    }
    WholeFile.writeText(file, csv);
  }
}
