package org.uniem.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {

  @Test
  void distanceCountsEdits() {
    assertEquals(3, Spelling.distance("kitten", "sitting"));
    assertEquals(0, Spelling.distance("minvoxels", "minVoxels"));
    assertEquals(4, Spelling.distance("", "tile"));
  }

  @Test
  void nearestIsEmptyWhereNothingIsNear() {
    List<String> names = List.of("images", "output");
    assertEquals(Optional.of("images"), Spelling.nearest("image", names));
    assertEquals(Optional.empty(), Spelling.nearest("wavelength", names));
  }
}
