package org.uniem.annotation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.volumes.VoxelSize;

class ObjectTableTest {

  @Test
  void lengthsKeepTheirDigitsInEveryUnit() {
    for (String unit : List.of("m", "cm", "um", "nm", "pixel")) {
      double scale = unit.equals("m") ? 1e-9 : unit.equals("cm") ? 1e-7 : 1;
      ObjectTable table = new ObjectTable(4, new VoxelSize(2 * scale, 4 * scale, 10 * scale, unit));
      table.add(7, new long[] {1, 0, 0, 0, 1, 1, 0, 0});
      List<String> lines = table.toCsv().lines().toList();
      List<String> names = List.of(lines.get(0).split(","));
      String[] cells = lines.get(1).split(",");
      double expected = 3 * 80 * scale * scale * scale;
      assertEquals(expected, Double.parseDouble(cells[2]), 1e-8 * expected, unit);
      double x = 2 * scale * (0.5 + 1 / 3.0);
      assertEquals(x, Double.parseDouble(cells[names.indexOf("x_" + unit)]), 1e-8 * x, unit);
      int micrometres = names.indexOf("volume_um3");
      double inUm = unit.equals("nm") ? 240e-9 : unit.equals("um") ? 240 : 240e-9;
      if (unit.equals("pixel")) {
        assertEquals(-1, micrometres);
      } else {
        assertEquals(inUm, Double.parseDouble(cells[micrometres]), 1e-8 * inUm, unit);
      }
    }
  }

  @Test
  void tabulatesAnAnisotropicStackByHand() {
    ObjectTable table = new ObjectTable(4, new VoxelSize(2, 4, 10, "nm"));
    table.add(0, new long[] {1, 1, 0, 3, 3, 0, 0, 0});
    table.add(1, new long[] {0, 1, 1, 0, 0, 0, 0, 3});
    List<String> lines = table.toCsv().lines().toList();
    assertEquals(
        "id,voxels,volume_nm3,volume_um3,x_nm,y_nm,z_nm,min_x,min_y,min_z,max_x,max_y,max_z",
        lines.get(0));
    // Object 1: x = 0, 1, 1, 2, y = 0, z = 0, 0, 1, 1; voxels of 80 nm3.
    assertEquals("1,4,320,3.2E-7,3,2,10,0,0,0,2,0,1", lines.get(1));
    // Object 3: (3,0,0), (0,1,0), (3,1,1), a run ends at the end of its row.
    assertEquals("3,3,240,2.4E-7,5,4.66666667,8.33333333,0,0,0,3,1,1", lines.get(2));
    assertEquals(3, lines.size());
    assertEquals(2, table.count());
    assertEquals(0, table.voxels(2));
  }

  @Test
  void idsGrowTheTable() {
    ObjectTable table = new ObjectTable(2, VoxelSize.UNKNOWN);
    table.add(0, new long[] {1000, 17});
    assertEquals(1, table.voxels(1000));
    assertEquals(1, table.voxels(17));
    assertEquals(2, table.count());
  }

  @Test
  void emptyTableHasAHeaderOnly() {
    assertEquals(1, new ObjectTable(2, VoxelSize.UNKNOWN).toCsv().lines().count());
  }

  @Test
  void idsMayBeLargeButNotNegative() {
    ObjectTable table = new ObjectTable(2, VoxelSize.UNKNOWN);
    table.add(0, new long[] {1L << 40, 3});
    assertEquals(1, table.voxels(1L << 40));
    assertEquals(1L << 40, table.largestId());
    assertThrows(BadInputException.class, () -> table.add(0, new long[] {-1, 0}));
    assertThrows(BadInputException.class, () -> table.min(5));
  }

  @Test
  void covarianceOfABoxIsATwelfthOfItsEdgesSquared() {
    ObjectTable table = new ObjectTable(6, new VoxelSize(2, 3, 10, "nm"));
    long[] slice = new long[24];
    java.util.Arrays.fill(slice, 9);
    for (int z = 2; z < 7; z++) {
      table.add(z, slice);
    }
    double[] expected = {12 * 12 / 12.0, 12 * 12 / 12.0, 50 * 50 / 12.0, 0, 0, 0};
    assertArrayEquals(expected, table.covariance(9), 1e-9);
  }

  @Test
  void partsAddUpToTheWhole() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ObjectTable whole = new ObjectTable(5, new VoxelSize(4, 4, 30, "nm"));
    ObjectTable sum = new ObjectTable(5, new VoxelSize(4, 4, 30, "nm"));
    for (int z = 0; z < 6; z++) {
      long[] labels = Shapes.random(20, 40, random);
      float[] values = new float[20];
      for (int i = 0; i < 20; i++) {
        values[i] = random.nextInt(256);
      }
      ObjectTable part = new ObjectTable(5, new VoxelSize(4, 4, 30, "nm"));
      part.add(z, labels, values);
      whole.add(z, labels, values);
      sum.addAll(part);
    }
    assertEquals(whole.toCsv(), sum.toCsv(), "seed " + seed);
    for (long id : whole.ids()) {
      assertArrayEquals(whole.covariance(id), sum.covariance(id), 1e-9, "seed " + seed);
      assertEquals(whole.mean(id), sum.mean(id), 1e-9, "seed " + seed);
    }
  }

  @Test
  void brightnessOfAnObjectIsThatOfItsVoxels() {
    ObjectTable table = new ObjectTable(2, VoxelSize.UNKNOWN);
    table.add(0, new long[] {1, 1, 2, 0}, new float[] {10, 20, 7, 90});
    assertEquals(15, table.mean(1), 1e-12);
    assertEquals(5, table.standardDeviation(1), 1e-12);
    assertEquals(0, table.standardDeviation(2), 1e-12);
  }
}
