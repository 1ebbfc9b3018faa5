package org.uniem.volumes.hdf5.structure;

import java.io.IOException;

/** Says what a valid file has that is not read; the file is not damaged. */
public final class UnsupportedFeatureException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what the file has, as a clause: {@code "it is stored in other files"}
   */
  public UnsupportedFeatureException(String message) {
    super(message);
  }
}
