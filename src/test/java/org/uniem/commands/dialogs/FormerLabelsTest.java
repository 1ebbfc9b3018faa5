package org.uniem.commands.dialogs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.uniem.commands.data.Convert;
import org.uniem.commands.dialogs.FormerLabels.Former;
import org.uniem.commands.floodfilling.FfnAgglomerate;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.postprocess.Agglomerate;

/** Macros that were recorded under labels of another time. */
class FormerLabelsTest {

  private static final List<Former> ALL =
      List.of(
          new Former("New Convert...", "Convert...", CommandParameters.of(Convert.class)),
          new Former("By FFN...", "Agglomerate...", CommandParameters.of(FfnAgglomerate.class)),
          new Former("Fragments...", "Agglomerate...", CommandParameters.of(Agglomerate.class)));

  private static final Set<String> IMAGEJ = Set.of("Convert...", "Open...");

  private static String current(String label, String options) {
    return FormerLabels.current(label, ALL, Optional.ofNullable(options), IMAGEJ);
  }

  @Test
  void otherCommandsKeepTheirLabels() {
    assertEquals("Open...", current("Open...", "images=a.tif"));
    assertEquals("New Convert...", current("New Convert...", "images=a.tif output=b.tif"));
  }

  @Test
  void optionsTellOursFromThatOfImageJ() {
    assertEquals("New Convert...", current("Convert...", "images=[a b.tif] output=b.ome.zarr"));
    assertEquals(
        "Convert...",
        current("Convert...", "input=/a output=/b output_format=TIFF interpolation=Bilinear"));
    assertEquals("Convert...", current("Convert...", "output=/b"));
    assertEquals("Convert...", current("Convert...", ""));
    assertEquals("Convert...", current("Convert...", null));
  }

  @Test
  void optionsTellWhichOfTwoOfOursIsMeant() {
    assertEquals(
        "By FFN...", current("Agglomerate...", "images=a segmentation=b model=c output=d.tif"));
    assertEquals(
        "Fragments...", current("Agglomerate...", "labels=b images=a threshold=0.4 output=d.tif"));
    assertEquals("By FFN...", current("Agglomerate...", null), "as it was");
  }

  /** As the recorder writes them. */
  @Test
  void namesInSmallLettersAreUnderstood() {
    assertEquals(
        "By FFN...",
        current("Agglomerate...", "images=a segmentation=b model=c output=d maxdistance=3"));
  }
}
