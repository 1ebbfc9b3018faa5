package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Images, labels and parameters that the commands of the classical half cannot work with, each
 * through the command line and for every command that takes such a thing.
 */
class ClassicalBadInputTest {

  /** Commands and the parameters that take a volume: labels, or an image or map. */
  private static final List<String[]> TAKE_LABELS =
      List.of(
          new String[] {"watershed", "seeds"},
          new String[] {"agglomerate", "labels"},
          new String[] {"multicut", "labels"},
          new String[] {"connect-slices", "labels"},
          new String[] {"mesh", "segmentation"},
          new String[] {"skeletonize", "segmentation"},
          new String[] {"measure-objects", "segmentation"},
          new String[] {"evaluate", "segmentation"},
          new String[] {"evaluate", "truth"});

  private static final List<String[]> TAKE_MAPS =
      List.of(
          new String[] {"watershed", "images"},
          new String[] {"agglomerate", "images"},
          new String[] {"multicut", "images"},
          new String[] {"mutex-watershed", "images"},
          new String[] {"label-objects", "images"});

  private static final List<String[]> TAKE_IMAGES =
      List.of(
          new String[] {"filter", "images"},
          new String[] {"measure-objects", "images"},
          new String[] {"watershed", "mask"},
          new String[] {"mutex-watershed", "mask"});

  private static final List<String> COMMANDS =
      List.of(
          "filter",
          "watershed",
          "agglomerate",
          "multicut",
          "mutex-watershed",
          "connect-slices",
          "mesh",
          "skeletonize",
          "measure-objects",
          "evaluate",
          "convert",
          "label-objects");

  @TempDir Path folder;
  private Path map;
  private Path labels;
  private Path affinities;

  @BeforeEach
  void writeStacks() {
    float[] grey = {0, 10, 200, 0, 10, 200, 30, 40};
    float[] ids = {1, 1, 2, 2, 1, 1, 2, 2};
    map = TestStacks.write(folder.resolve("map.tif"), PixelType.UINT8, 4, grey, grey);
    labels = TestStacks.write(folder.resolve("labels.tif"), PixelType.UINT8, 4, ids, ids);
    affinities = folder.resolve("affinities.tif");
    write(affinities, 4, PixelType.UINT8, grey, grey);
  }

  /** Two slices of several channels. */
  private static void write(Path path, int width, PixelType type, float[]... channels) {
    VolumeSpec spec =
        new VolumeSpec(
            width, channels[0].length / width, 2, channels.length, type, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      writer.writeSlice(channels);
      writer.writeSlice(channels);
      writer.commit();
    }
  }

  /** A command line that works. */
  private List<String> args(String command) {
    String output = "output=" + folder.resolve("out");
    List<String> more =
        switch (command) {
          case "filter" -> List.of("images=" + map, "steps=gaussian sigma=1", output);
          case "mutex-watershed" -> List.of("images=" + affinities, "offsets=1,0 2,0", output);
          case "agglomerate", "multicut" -> List.of("images=" + map, "labels=" + labels, output);
          case "connect-slices" -> List.of("labels=" + labels, output);
          case "evaluate" ->
              List.of(
                  "segmentation=" + labels,
                  "truth=" + labels,
                  "mode=instance",
                  "report=" + folder.resolve("out"));
          case "mesh", "skeletonize", "measure-objects" ->
              List.of("segmentation=" + labels, output);
          default -> List.of("images=" + map, output);
        };
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(more);
    return all;
  }

  /** The same with other values. */
  private String[] args(String command, String... others) {
    List<String> all = args(command);
    for (String other : others) {
      all.removeIf(arg -> arg.startsWith(other.substring(0, other.indexOf('=') + 1)));
      all.add(other);
    }
    return all.toArray(String[]::new);
  }

  private void refuse(List<String> words, String command, String... others) throws Exception {
    Refusal.check(folder, words, args(command, others));
  }

  /** That all of some commands refuse a volume. */
  private void refuse(List<String> words, Path volume, List<List<String[]>> takers)
      throws Exception {
    for (List<String[]> some : takers) {
      for (String[] taker : some) {
        refuse(words, taker[0], taker[1] + "=" + volume);
      }
    }
  }

  @Test
  void goodInputIsTakenByAll() {
    for (String command : COMMANDS) {
      String place = (command.equals("evaluate") ? "report=" : "output=") + folder + File.separator;
      CommandLineRun run = CommandLineRun.of(args(command, place + command));
      assertEquals(0, run.status(), command + " " + run.err());
    }
  }

  @Test
  void emptyFoldersAndFilesAreRefusedByAll() throws Exception {
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    Path file = Files.createFile(folder.resolve("empty.tif"));
    List<List<String[]>> all = new ArrayList<>(List.of(TAKE_LABELS, TAKE_MAPS, TAKE_IMAGES));
    all.add(List.<String[]>of(new String[] {"convert", "images"}));
    refuse(List.of("No images in the folder " + nothing), nothing, all);
    refuse(List.of("Cannot read " + file + ": it is not a"), file, all);
  }

  @Test
  void colourIsRefusedByAllButTheOnesThatTakeChannels() throws Exception {
    BufferedImage colour = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    colour.setRGB(1, 1, 0x123456);
    Path file = folder.resolve("colour.tif");
    assertTrue(ImageIO.write(colour, "tif", file.toFile()));
    for (List<String[]> takers : List.of(TAKE_LABELS, TAKE_IMAGES)) {
      refuse(List.of("=" + file + " has 3 channels: expected grey"), file, List.of(takers));
    }
    refuse(List.of("has 3 channels: expected grey images"), "watershed", "images=" + file);
    refuse(List.of("has 3 channels: expected grey images"), "label-objects", "images=" + file);
    refuse(List.of("are 2, but colour.tif has 3 maps"), "mutex-watershed", "images=" + file);
    Path labels1 = TestStacks.write(folder.resolve("l1.tif"), PixelType.UINT8, 4, new float[8]);
    for (String command : List.of("agglomerate", "multicut")) {
      String regions = "labels=" + labels1;
      refuse(List.of("colour.tif has 3 maps: give offsets="), command, regions, "images=" + file);
    }
  }

  @Test
  void sizesThatDifferAreRefusedByAll() throws Exception {
    Path small = TestStacks.write(folder.resolve("small.tif"), PixelType.UINT8, 2, new float[4]);
    List<String> words =
        List.of("differ along x and z", " 4 x 2 x 2", "small.tif 2 x 2 x 1", "Crop");
    for (String[] taker :
        new String[][] {
          {"watershed", "seeds"},
          {"watershed", "mask"},
          {"agglomerate", "labels"},
          {"agglomerate", "images"},
          {"multicut", "labels"},
          {"multicut", "images"},
          {"mutex-watershed", "mask"},
          {"measure-objects", "images"},
          {"evaluate", "segmentation"},
          {"evaluate", "truth"}
        }) {
      refuse(words, taker[0], taker[1] + "=" + small);
    }
  }

  @Test
  void stacksWithoutObjectsAreRefused() throws Exception {
    float[] nothing = new float[8];
    Path dark = TestStacks.write(folder.resolve("dark.tif"), PixelType.UINT8, 4, nothing, nothing);
    refuse(List.of("The seeds are empty"), "watershed", "seeds=" + dark);
    refuse(List.of("nothing is an object. Lower"), "watershed", "images=" + dark, "mode=distance");
    for (String command : List.of("agglomerate", "multicut", "connect-slices")) {
      refuse(List.of("The labels are all 0"), command, "labels=" + dark);
    }
    for (String command : List.of("mesh", "skeletonize", "measure-objects")) {
      refuse(List.of("dark.tif holds no object: all"), command, "segmentation=" + dark);
    }
  }

  @Test
  void thresholdsOutsideTheRangeAreRefused() throws Exception {
    for (String command : List.of("watershed", "agglomerate", "label-objects", "evaluate")) {
      for (String value : new String[] {"1.5", "-0.5", "NaN"}) {
        String range = "Parameter threshold=" + value + " is out of range: give ";
        refuse(List.of(range), command, "threshold=" + value);
      }
    }
  }

  @Test
  void longOffsetsAloneAreRefusedWhereRegionsMustTouch() throws Exception {
    for (String command : List.of("agglomerate", "multicut")) {
      refuse(
          List.of("None of the offsets 2,0,0 is one voxel long: give maps of such offsets too"),
          command,
          "offsets=2,0,0");
    }
  }

  @Test
  void voxelSizesOfZeroAndLessAreRefusedByAll() throws Exception {
    for (String command : COMMANDS) {
      if (command.equals("filter")) {
        continue;
      }
      for (String bad : new String[] {"0.0", "-4.0", "NaN", "Infinity"}) {
        refuse(
            List.of("Voxel size 4.0 x 4.0 x " + bad + " is not possible: give positive numbers."),
            command,
            "voxelSize=4,4," + bad + ",nm");
      }
    }
    refuse(List.of("'distance' has sizeX=0: give 1.0E-6 to"), "filter", "steps=distance sizeX=0");
    refuse(List.of("'distance' has sizeZ=-1: give 0 to"), "filter", "steps=distance sizeZ=-1");
  }

  @Test
  void filtersThatDoNotExistNameTheNearest() throws Exception {
    refuse(List.of("gausian", "Did you mean 'gaussian'?"), "filter", "steps=gausian sigma=1");
    refuse(List.of("'sigm'", "Did you mean 'sigma'?"), "filter", "steps=invert | gaussian sigm=1");
    refuse(List.of("sigma=-1", "give 0 to 256"), "filter", "steps=gaussian sigma=-1");
    refuse(List.of("empty filter"), "filter", "steps=invert || gaussian");
  }

  @Test
  void parametersThatDoNotExistNameTheNearest() throws Exception {
    for (String command : COMMANDS) {
      String name = args(command).get(1).split("=")[0];
      String wrong = name.substring(1);
      refuse(
          List.of(
              "Unknown parameter '" + wrong + "' of " + command, "Did you mean '" + name + "'?"),
          command,
          wrong + "=x");
    }
  }

  @Test
  void valuesThatAreNoNumbersAreRefusedByAll() throws Exception {
    float[] slice = {0, 0, 1, 1, 1, Float.NaN, 1, 1};
    Path nan = TestStacks.write(folder.resolve("nan.tif"), PixelType.FLOAT32, 4, slice, slice);
    List<String> words = List.of("NaN", "x=1, y=1 of slice z=");
    refuse(words, nan, List.of(TAKE_LABELS.subList(1, TAKE_LABELS.size())));
    refuse(List.of("The seeds nan.tif have the value NaN"), "watershed", "seeds=" + nan);
    refuse(words, "filter", "images=" + nan);
    for (String command : List.of("watershed", "agglomerate", "multicut", "label-objects")) {
      refuse(words, command, "images=" + nan);
    }
    Path maps = folder.resolve("nans.tif");
    write(maps, 4, PixelType.FLOAT32, slice, slice);
    refuse(words, "mutex-watershed", "images=" + maps);
    refuse(words, "evaluate", "segmentation=" + nan, "mode=isbi");
    refuse(words, "evaluate", "segmentation=" + nan, "mode=semantic", "threshold=0.5");
    refuse(words, "label-objects", "images=" + nan, "mode=labels");
    refuse(
        List.of("The value NaN of slice 1 of 2", "does not fit UINT8"),
        "convert",
        "images=" + nan,
        "type=uint8");
  }

  @Test
  void mapsInPlaceOfLabelsAreRefusedByAll() throws Exception {
    float[] half = {0, 0.5f, 0, 0, 0, 0, 0, 1};
    Path real = TestStacks.write(folder.resolve("real.tif"), PixelType.FLOAT32, 4, half, half);
    refuse(List.of("have the value 0.5", "label"), "watershed", "seeds=" + real);
    List<String> words = List.of("real.tif has the value 0.5 at x=1, y=0 of slice z=", "label");
    refuse(words, real, List.of(TAKE_LABELS.subList(1, TAKE_LABELS.size())));
    refuse(words, "label-objects", "images=" + real, "mode=renumber");
    refuse(words, "evaluate", "truth=" + real, "mode=isbi");
  }

  @Test
  void labelsInPlaceOfAMapAreRefusedByAll() throws Exception {
    float[] ids = {1, 1, 2, 2, 1, 1, 2, 2};
    Path real = TestStacks.write(folder.resolve("real.tif"), PixelType.FLOAT32, 4, ids, ids);
    Path wide = folder.resolve("wide.ome.zarr");
    write(wide, 4, PixelType.UINT32, ids);
    Path reals = folder.resolve("reals.tif");
    write(reals, 4, PixelType.FLOAT32, ids, ids);
    for (String[] taker : TAKE_MAPS) {
      Path stack = taker[0].equals("mutex-watershed") ? reals : real;
      refuse(
          List.of(
              "the value 2.0 at x=2, y=0 of slice z=", "expected a probability 0 … 1", "labels"),
          taker[0],
          "images=" + stack);
      refuse(
          List.of("images=wide.ome.zarr holds labels: expected a probability map"),
          taker[0],
          "images=" + wide);
    }
    refuse(
        List.of("segmentation=wide.ome.zarr holds labels: expected a probability map"),
        "evaluate",
        "segmentation=" + wide,
        "mode=semantic",
        "threshold=0.5");
    refuse(
        List.of("is no probability", "If the segmentation holds labels, leave out the threshold"),
        "evaluate",
        "segmentation=" + real,
        "mode=semantic",
        "threshold=0.5");
  }

  /** Small, but nothing is wrong with them. */
  @Test
  void oneVoxelOneSliceAndOneObjectAreTaken() {
    int round = 0;
    for (int[] size : new int[][] {{1, 1, 1}, {4, 3, 1}, {5, 4, 3}}) {
      float[] ones = new float[size[0] * size[1]];
      Arrays.fill(ones, 255);
      float[][] slices = new float[size[2]][];
      Arrays.fill(slices, ones);
      Path stack = folder.resolve("stack" + round + ".tif");
      TestStacks.write(stack, PixelType.UINT8, size[0], slices);
      for (String command : COMMANDS) {
        if (List.of("agglomerate", "multicut", "mutex-watershed").contains(command)) {
          continue;
        }
        List<String> changed = new ArrayList<>();
        for (String arg : args(command)) {
          String name = arg.split("=")[0];
          if (List.of("images", "labels", "segmentation", "truth").contains(name)) {
            changed.add(name + "=" + stack);
          } else if (List.of("output", "report").contains(name)) {
            changed.add(name + "=" + folder.resolve(command + round));
          }
        }
        if (command.equals("watershed")) {
          changed.add("mode=distance");
        }
        CommandLineRun run = CommandLineRun.of(args(command, changed.toArray(String[]::new)));
        assertEquals(0, run.status(), command + " " + run.err());
      }
      round++;
    }
  }
}
