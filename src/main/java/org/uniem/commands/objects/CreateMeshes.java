package org.uniem.commands.objects;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.annotation.meshes.MeshFormat;
import org.uniem.annotation.meshes.MeshOptions;
import org.uniem.annotation.meshes.ObjectSurfaces;
import org.uniem.annotation.meshes.Smoothing;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/** Writes the surfaces of objects as mesh files. */
@Plugin(
    type = Command.class,
    name = "mesh",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Objects", weight = 3.5, mnemonic = 'j'),
      @Menu(label = "Mesh...", weight = 0, mnemonic = 'm')
    },
    headless = true,
    description = "Writes the closed surface of each object as STL, OBJ or PLY")
public class CreateMeshes extends UniEmCommand {

  @Parameter(
      label = "Segmentation",
      description = "label stack, 0 = background",
      style = CommandParameters.VOLUME)
  File segmentation;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description =
          "new folder with a file per object, or a name ending in .stl, .obj or .ply for one file"
              + " of all; a table of the meshes is in the folder or beside the file",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Format",
      description = "of the files in a folder",
      choices = {"stl", "obj", "ply"},
      persist = false)
  String format = "stl";

  @Parameter(
      label = "Smoothing",
      description = "takes the steps of voxels out: none, taubin or humphrey",
      choices = {"none", "taubin", "humphrey"},
      persist = false)
  String smoothing = "humphrey";

  @Parameter(
      label = "Smoothing iterations",
      description = "the more the smoother",
      min = "0",
      max = "1000",
      persist = false)
  int iterations = 15;

  @Parameter(
      label = "Share of triangles kept",
      description =
          "above 0, up to 1; below 1 edges are collapsed where it changes the shape least",
      min = "0",
      max = "1",
      stepSize = "0.05",
      persist = false)
  double keep = 1;

  @Parameter(
      label = "Largest error",
      description =
          "distance, in the unit of the voxel size, by which fewer triangles may change the surface",
      min = "0",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=any"),
      persist = false)
  double maxError = 0;

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
    if (keep == 0) {
      throw new BadParameterException("Parameter keep=0 is out of range: give above 0, up to 1.");
    }
    new IdSelection(ids);
    MeshFiles files = files();
    if (files.isSingle()) {
      Paths.requireFree("output", files.table());
    }
  }

  private MeshFiles files() {
    return new MeshFiles(output.toPath(), MeshFormat.of(format));
  }

  @Override
  protected boolean writesNamed(Path file) {
    return new MeshFiles(file, MeshFormat.STL).isSingle();
  }

  @Override
  protected String outputEnding() {
    return "-meshes";
  }

  @Override
  protected List<ResultView> views() {
    return List.of(new ResultView(ResultView.Kind.TABLE, files().table()));
  }

  @Override
  protected Path execute(Job job) {
    MeshOptions options = new MeshOptions(Smoothing.of(smoothing), iterations, keep, maxError);
    try (Volume labels = measured(openLabels("segmentation", segmentation), voxelSize);
        ObjectSurfaces surfaces = ObjectSurfaces.find(labels, job)) {
      long[] chosen = new IdSelection(ids).of(surfaces.ids(), labels.name());
      files().write(surfaces, chosen, options, job);
      job.message(chosen.length + (chosen.length == 1 ? " mesh" : " meshes") + " written.");
      return output.toPath();
    }
  }
}
