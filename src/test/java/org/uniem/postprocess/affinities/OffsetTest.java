package org.uniem.postprocess.affinities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;

class OffsetTest {

  @Test
  void textIsReadAndWritten() {
    List<Offset> offsets = Offset.parse(" 1,0 ; 0,1,0  0,0,-1;\n9,-4,2 ");
    assertEquals(
        List.of(
            new Offset(1, 0, 0), new Offset(0, 1, 0), new Offset(0, 0, -1), new Offset(9, -4, 2)),
        offsets);
    assertEquals("1,0,0 0,1,0 0,0,-1 9,-4,2", Offset.format(offsets));
    assertEquals(offsets, Offset.parse(Offset.format(offsets)));
  }

  @Test
  void onlyVoxelsThatShareAFaceAreNeighbours() {
    assertTrue(new Offset(0, -1, 0).isNeighbour());
    assertFalse(new Offset(1, 1, 0).isNeighbour());
    assertFalse(new Offset(0, 0, 2).isNeighbour());
  }

  @Test
  void whatIsNoOffsetIsRefusedInWords() {
    assertRefused("1,0 x,1", "at 'x,1': give x,y,z in voxels");
    assertRefused("1", "at '1': give x,y,z in voxels");
    assertRefused("", "at '': give x,y,z in voxels");
    assertRefused("1,2,3,4", "at '1,2,3,4'");
    assertRefused("0,0,0", "leads nowhere");
    assertRefused("1,0 0,1 -1,0", "The offset -1,0,0 or its opposite is given twice");
    assertRefused("5000,0", "is too long: give at most 1024 voxels");
  }

  private static void assertRefused(String text, String part) {
    String message =
        assertThrows(BadParameterException.class, () -> Offset.parse(text)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
