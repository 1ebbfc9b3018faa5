package org.uniem.viewers;

import java.util.Set;
import java.util.function.Consumer;

/** A window that shows volumes. */
public interface VolumeView extends View {

  /** Adds a listener that hears of every voxel that the user clicks on. */
  void onPick(Consumer<Pick> listener);

  /** Adds a listener that hears of the voxel under the mouse whenever it changes. */
  void onHover(Consumer<Pick> listener);

  /**
   * Shows objects of a label layer brightly and the others faintly.
   *
   * @param layer name of the layer
   * @param ids the objects; empty shows all alike again
   */
  void highlight(String layer, Set<Long> ids);

  /** The objects that are highlighted, empty if none is. */
  Set<Long> highlighted(String layer);

  /**
   * Shows other voxels in a layer, for example after an edit; place and zoom stay.
   *
   * @param layer of the name and size of the layer it takes the place of, which is closed
   */
  void replace(VolumeLayer layer);

  /** Paints anew, after voxels were changed in place. */
  void refresh();

  /**
   * Brings a voxel to the middle of the window.
   *
   * @param x voxel of the first layer, likewise y and z
   */
  void centre(long x, long y, long z);
}
