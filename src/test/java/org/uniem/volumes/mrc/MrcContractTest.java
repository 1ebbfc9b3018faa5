package org.uniem.volumes.mrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uniem.job.OutputException;
import org.uniem.volumes.FormatContract;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class MrcContractTest extends FormatContract {

  @Override
  protected String ending() {
    return ".mrc";
  }

  @Override
  protected List<PixelType> types() {
    return List.of(PixelType.UINT16, PixelType.FLOAT32);
  }

  /** Those of 8 bits are written as 16. */
  @Override
  @Test
  protected void typesThatTheFormatLacksAreRefused() {
    for (PixelType type : List.of(PixelType.UINT32, PixelType.UINT64)) {
      VolumeSpec spec = new VolumeSpec(3, 2, 2, 1, type, VoxelSize.UNKNOWN);
      OutputException e =
          assertThrows(OutputException.class, () -> Volumes.create(Path.of("no.mrc"), spec));
      assertTrue(e.getMessage().contains("Give a name ending in .ome.zarr"), e.getMessage());
    }
  }

  @Override
  @Test
  protected void labelTypeIsTheFirstThatHoldsTheIds() {
    Path path = Path.of("v.mrc");
    assertEquals(Optional.of(PixelType.UINT16), Volumes.labelType(path, 255));
    assertEquals(Optional.of(PixelType.FLOAT32), Volumes.labelType(path, 65536));
    assertEquals(Optional.empty(), Volumes.labelType(path, (1 << 24) + 1));
  }
}
