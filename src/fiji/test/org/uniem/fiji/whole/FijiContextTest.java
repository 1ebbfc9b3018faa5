package org.uniem.fiji.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.gui.NewImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.fiji.FijiProcess;

/**
 * The suite in the application that users start. It loads services of some kinds only, and a label
 * in the menu belongs to whoever comes last; a context that a test makes for itself shows neither.
 */
class FijiContextTest {

  @TempDir Path folder;

  @Test
  @Timeout(360)
  void everyServiceIsLoadedAndEveryLabelIsOurs() throws Exception {
    Path file = folder.resolve("inventory.txt");
    String log = FijiProcess.run(folder, true, FijiInventory.class, file.toString());
    List<String> lines = Files.readAllLines(file);

    List<String> services = lines.stream().filter(line -> line.startsWith("service ")).toList();
    assertTrue(services.size() >= 4, services.toString());
    assertEquals(List.of(), services.stream().filter(line -> !line.endsWith(" yes")).toList(), log);

    List<String> commands = lines.stream().filter(line -> line.startsWith("command ")).toList();
    assertTrue(commands.size() >= 30, commands.toString());
    Set<String> others =
        lines.stream()
            .filter(line -> line.startsWith("other "))
            .map(line -> line.substring("other ".length()))
            .collect(Collectors.toSet());
    assertTrue(others.contains("Morphological Segmentation"), others.toString());
    assertTrue(others.contains("Skeletonize (2D/3D)"), others.toString());
    Set<String> ours = new TreeSet<>();
    for (String line : commands) {
      String label = line.split(" ", 3)[2];
      assertTrue(ours.add(label), label + " is twice in the menu");
      assertTrue(!others.contains(label), label + " is another plugin's");
    }
    assertTrue(!log.contains("Overriding"), log);
  }

  /** Convert... was a label of ours and is one of ImageJ; Agglomerate... was one of two of ours. */
  @Test
  @Timeout(360)
  void macrosUnderFormerLabelsAndThoseOfOthersDoWhatTheyDid() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    Path out = Files.createDirectory(folder.resolve("out"));
    IJ.saveAsTiff(NewImage.createByteImage("map", 16, 16, 2, NewImage.FILL_RAMP), in + "/map.tif");
    IJ.saveAsTiff(
        NewImage.createShortImage("fragments", 16, 16, 2, NewImage.FILL_RAMP),
        in + "/fragments.tif");
    String log =
        macro(
            """
            run("Convert...", "images=[IN/map.tif] output=[OUT/map.ome.zarr]");
            run("Agglomerate...", "labels=[IN/fragments.tif] images=[IN/map.tif] output=[OUT/a.tif]");
            """
                .replace("IN", in.toString())
                .replace("OUT", out.toString()));
    for (String name : List.of("map.ome.zarr/provenance.json", "a.tif")) {
      assertTrue(Files.exists(out.resolve(name)), name + " is missing\n" + log);
    }
    // That of ImageJ makes buttons even for a macro, hence it ends here.
    log =
        macro("run('Convert...', 'input=[%s] output=[%s] output_format=PNG');".formatted(in, out));
    assertTrue(log.contains("ij.plugin.BatchConverter"), log);
  }

  private String macro(String text) throws Exception {
    Path macro = Files.createTempFile(folder, "macro", ".ijm");
    Files.writeString(macro, text);
    return FijiProcess.run(folder, true, MacroInFiji.class, macro.toString());
  }
}
