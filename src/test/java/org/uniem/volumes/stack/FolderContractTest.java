package org.uniem.volumes.stack;

import java.nio.file.Path;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeContract;
import org.uniem.volumes.VolumeSpec;

class FolderContractTest extends VolumeContract {

  @Override
  protected Volume make(Path folder, VolumeSpec spec, float[][][] values) {
    return writeAndOpen(folder.resolve("slices"), spec, values);
  }
}
