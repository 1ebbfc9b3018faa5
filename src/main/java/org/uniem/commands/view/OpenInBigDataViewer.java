package org.uniem.commands.view;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.widget.Button;
import org.uniem.commands.dialogs.WindowCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.Job;
import org.uniem.viewers.Viewers;
import org.uniem.viewers.VolumeLayer;
import org.uniem.viewers.VolumeLayer.Kind;
import org.uniem.viewers.VolumeViewer;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Shows images with labels and probability maps over them, in the best viewer there is. */
@Plugin(
    type = Command.class,
    name = "open-in-bigdataviewer",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "View", weight = 4, mnemonic = 'v'),
      @Menu(label = "Open in BigDataViewer...", weight = 0, mnemonic = 'b')
    },
    headless = true,
    description = "Shows images with labels and probability maps over them")
public class OpenInBigDataViewer extends WindowCommand {

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey or RGB",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Labels",
      description = "label volumes, separated by commas; one colour per id",
      required = false,
      persist = false)
  String labels = "";

  @Parameter(
      label = "Probability maps",
      description = "probability maps, separated by commas, shown as transparent overlays",
      required = false,
      persist = false)
  String probabilities = "";

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description =
          "x,y,z,unit, for example 5,5,5,nm, of all the volumes; empty = as the files say",
      required = false,
      persist = false)
  String voxelSize = "";

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected void open(PluginService plugins, Job running) {
    VolumeViewer viewer = Viewers.best(plugins, VolumeViewer.class);
    List<VolumeLayer> layers = new ArrayList<>();
    try {
      add(layers, "images", images.getPath(), Kind.IMAGE);
      for (String path : split(probabilities)) {
        add(layers, "probabilities", path, Kind.PROBABILITY);
      }
      for (String path : split(labels)) {
        add(layers, "labels", path, Kind.LABELS);
      }
    } catch (RuntimeException e) {
      layers.forEach(layer -> layer.owner().run());
      throw e;
    }
    viewer.open(images.getName(), layers);
  }

  private static List<String> split(String paths) {
    List<String> all = new ArrayList<>();
    for (String path : paths.split(",")) {
      if (!path.isBlank()) {
        all.add(path.strip());
      }
    }
    return all;
  }

  private void add(List<VolumeLayer> layers, String parameter, String text, Kind kind) {
    File input = InputVolumes.input(text);
    InputVolumes.requireExists(parameter, input);
    Volume volume = calibrated(open(input), voxelSize);
    if (!volume.voxelSize().isKnown() && !layers.isEmpty()) {
      volume = Volumes.withVoxelSize(volume, layers.get(0).voxelSize());
    }
    int earlier = (int) layers.stream().filter(layer -> layer.kind() == kind).count();
    for (VolumeLayer layer : VolumeLayer.of(volume, kind, earlier)) {
      String name = layer.name();
      for (int n = 2; isTaken(layers, name); n++) {
        name = layer.name() + " (" + n + ")";
      }
      layers.add(layer.named(name));
    }
  }

  private static boolean isTaken(List<VolumeLayer> layers, String name) {
    return layers.stream().anyMatch(layer -> layer.name().equals(name));
  }
}
