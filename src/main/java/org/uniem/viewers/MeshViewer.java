package org.uniem.viewers;

import java.util.List;

/** Opens windows that show surfaces of objects in three dimensions. */
public interface MeshViewer extends Viewer {

  /**
   * Opens a window.
   *
   * @param title of the window
   * @param meshes what it shows first; may be empty
   * @return the window
   * @throws org.uniem.job.UniemException if the window cannot be opened
   */
  MeshView open(String title, List<Mesh> meshes);
}
