package org.uniem.viewers;

import org.uniem.volumes.Volume;

/** Opens windows in which the user paints classes over an image. */
public interface LabelPainter extends Viewer {

  /**
   * Opens an image for painting.
   *
   * @param images shown beneath the labels; closed with the window, also if it cannot be opened
   * @param labels what is painted already, and where it is saved
   * @return the window
   * @throws org.uniem.job.UniemException if the window cannot be opened
   */
  Painting open(Volume images, PaintedLabels labels);

  /** A window in which labels are painted. */
  interface Painting extends View {

    /**
     * Saves the labels as they are now; the file appears whole.
     *
     * @throws org.uniem.job.OutputException if it cannot be written; an earlier file is kept
     */
    void save();

    /** Whether something was painted since the last save. */
    boolean isModified();
  }
}
