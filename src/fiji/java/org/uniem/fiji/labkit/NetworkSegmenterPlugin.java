package org.uniem.fiji.labkit;

import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.uniem.commands.worker.ComputeSettings;
import sc.fiji.labkit.ui.segmentation.SegmentationPlugin;
import sc.fiji.labkit.ui.segmentation.Segmenter;

/** Networks of this suite among the segmenters of Labkit. */
@Plugin(type = SegmentationPlugin.class)
public final class NetworkSegmenterPlugin implements SegmentationPlugin {

  @Parameter(required = false)
  private PrefService preferences;

  @Override
  public String getTitle() {
    return "UNI-EM Network";
  }

  @Override
  public Segmenter createSegmenter() {
    return new NetworkSegmenter(() -> ComputeSettings.remembered(preferences));
  }

  @Override
  public boolean canOpenFile(String filename) {
    return ModelFile.folder(filename).isPresent();
  }
}
