package org.uniem.volumes.stack;

import org.uniem.volumes.FormatContract;

class TiffStackContractTest extends FormatContract {

  @Override
  protected String ending() {
    return ".tif";
  }
}
