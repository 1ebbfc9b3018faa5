package org.uniem.volumes.hdf5;

import java.util.List;
import org.uniem.volumes.FormatContract;
import org.uniem.volumes.PixelType;

class Hdf5ContractTest extends FormatContract {

  @Override
  protected String ending() {
    return ".h5";
  }

  @Override
  protected List<PixelType> types() {
    return List.of(PixelType.values());
  }
}
