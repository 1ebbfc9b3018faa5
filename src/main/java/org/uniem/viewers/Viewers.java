package org.uniem.viewers;

import java.util.List;
import org.scijava.plugin.PluginService;
import org.uniem.job.ResourceException;

/** Finds the best viewer of a kind. */
public final class Viewers {

  private Viewers() {}

  /**
   * The viewer of the highest priority that can open a window here.
   *
   * @param plugins knows the plugins of the application
   * @param kind the plugin type, for example {@link LabelPainter}
   * @throws ResourceException if there is none; says what is missing
   */
  public static <V extends Viewer> V best(PluginService plugins, Class<V> kind) {
    List<V> viewers = plugins.createInstancesOfType(kind);
    return viewers.stream()
        .filter(viewer -> viewer.missing().isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new ResourceException(
                    viewers.stream()
                        .flatMap(viewer -> viewer.missing().stream())
                        .findFirst()
                        .orElse(
                            "No "
                                + kind.getSimpleName()
                                + " is installed: tick the update site of UNI-EM in Fiji under"
                                + " Help > Update... > Manage update sites.")));
  }
}
