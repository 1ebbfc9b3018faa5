package org.uniem.viewers;

import java.util.List;

/** Opens windows that show images, labels and probability maps over each other. */
public interface VolumeViewer extends Viewer {

  /**
   * Opens a window.
   *
   * @param title of the window
   * @param layers from the bottom to the top, one or more, all in one coordinate system whose
   *     origin is the centre of their first voxels; closed with the window, also if it cannot be
   *     opened
   * @return the window
   * @throws org.uniem.job.UniemException if the window cannot be opened
   */
  VolumeView open(String title, List<VolumeLayer> layers);
}
