package org.uniem.volumes.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class FolderStackTest {

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("Bilder ä 画像"));
  }

  private Path image(String name, int width, int height, int type, int value) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int b = 0; b < image.getRaster().getNumBands(); b++) {
      int[] values = new int[width * height];
      Arrays.fill(values, value + b);
      image.getRaster().setSamples(0, 0, width, height, b, values);
    }
    Path path = folder.resolve(name);
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase();
    assertTrue(ImageIO.write(image, extension, path.toFile()), name);
    return path;
  }

  private Path grey(String name, int value) throws IOException {
    return image(name, 6, 4, BufferedImage.TYPE_BYTE_GRAY, value);
  }

  private String openingFails(Path path) {
    return assertThrows(BadInputException.class, () -> Volumes.open(path)).getMessage();
  }

  private static float valueAt(Volume volume, int channel, int z) {
    return volume.channel(channel).getAt(0, 0, z).getRealFloat();
  }

  @Test
  void slicesAreInNaturalOrderAndOtherFilesIgnored() throws IOException {
    grey("img10.png", 10);
    grey("img2.png", 2);
    grey("img1.PNG", 1);
    grey(".img0.png", 0);
    Files.writeString(folder.resolve("notes.txt"), "notes");
    Files.writeString(folder.resolve("Thumbs.db"), "thumbs");
    Files.createDirectory(folder.resolve("old.png"));
    try (Volume volume = Volumes.open(folder)) {
      assertEquals("Bilder ä 画像", volume.name());
      assertEquals(3, volume.depth());
      assertEquals(
          List.of("img1", "img2", "img10"),
          IntStream.range(0, 3).mapToObj(volume::sliceName).toList());
      assertEquals(1, valueAt(volume, 0, 0));
      assertEquals(2, valueAt(volume, 0, 1));
      assertEquals(10, valueAt(volume, 0, 2));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a2, a10, -1",
    "a02, a2, -1",
    "z9x1, z9x02, -1",
    "a, a1, -1",
    "b1, a2, 1",
    "99999999999999999998, 99999999999999999999, -1",
    "x, x, 0",
    "z0.10, z0.5, -1",
    "z0.25, z0.5, -1",
    "z0.5, z1, -1",
    "z9, Z10, -1",
    "a_2024-01-05, a_2024-01-10, -1",
    "v1.9.5, v1.9.10, -1",
    "s1_z9, s1_z010, -1"
  })
  void naturalOrderComparesDigitsAsNumbers(String a, String b, int sign) {
    assertEquals(sign, Integer.signum(NaturalOrder.INSTANCE.compare(a, b)));
    assertEquals(-sign, Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR})
  void colourSlicesHaveThreeChannelsWithoutTransparency(int type) throws IOException {
    image("a.png", 6, 4, type, 50);
    image("b.png", 6, 4, type, 60);
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(3, volume.channels());
      assertEquals(50, valueAt(volume, 0, 0));
      assertEquals(61, valueAt(volume, 1, 1));
      assertEquals(62, valueAt(volume, 2, 1));
    }
  }

  @Test
  void sixteenBitPngKeepsItsValues() throws IOException {
    image("a.png", 6, 4, BufferedImage.TYPE_USHORT_GRAY, 54321);
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(PixelType.UINT16, volume.pixelType());
      assertEquals(54321, valueAt(volume, 0, 0));
    }
  }

  @Test
  void greyWithTransparencyIsGrey() throws IOException {
    // 1 x 1 pixel, grey 77, half transparent: signature, IHDR, IDAT, IEND made by hand.
    ColorSpace grey = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    ColorModel model = new ComponentColorModel(grey, true, false, Transparency.TRANSLUCENT, 0);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
    raster.setPixel(1, 0, new int[] {77, 128});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertTrue(ImageIO.write(image, "png", folder.resolve("ga.png").toFile()));
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(1, volume.channels());
      assertEquals(77, volume.channel(0).getAt(1, 0, 0).getRealFloat());
    }
  }

  @Test
  void jpegSlicesAreRead() throws IOException {
    grey("a.jpg", 100);
    grey("b.jpeg", 200);
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(2, volume.depth());
      assertEquals(1, volume.channels());
      assertEquals(100, valueAt(volume, 0, 0), 1);
      assertEquals(200, valueAt(volume, 0, 1), 1);
    }
  }

  @Test
  void colourJpegHasThreeChannels() throws IOException {
    Path path = image("a.jpg", 16, 16, BufferedImage.TYPE_3BYTE_BGR, 100);
    try (Volume volume = Volumes.open(path)) {
      assertEquals(3, volume.channels());
      assertEquals(100, valueAt(volume, 0, 0), 3);
    }
  }

  @Test
  void singleImageIsAStackOfOne() throws IOException {
    Path path = grey("only.png", 9);
    try (Volume volume = Volumes.open(path)) {
      assertEquals("only.png", volume.name());
      assertEquals("only", volume.sliceName(0));
      assertEquals(1, volume.depth());
      assertEquals(VoxelSize.UNKNOWN, volume.voxelSize());
    }
  }

  @Test
  void folderWithOneTiffStackIsThatStack() throws IOException {
    writeStack(folder.resolve("stack.tif"), 3);
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(3, volume.depth());
    }
  }

  @Test
  void stackAmongSlicesIsRefused() throws IOException {
    writeStack(folder.resolve("a.tif"), 1);
    writeStack(folder.resolve("b.tif"), 3);
    String message = openingFails(folder);
    assertTrue(message.contains("b.tif has 3 pages: expected one"), message);
  }

  private static void writeStack(Path path, int depth) {
    VolumeSpec spec = new VolumeSpec(6, 4, depth, 1, PixelType.UINT8, VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      for (int z = 0; z < depth; z++) {
        writer.writeSlice(new float[24]);
      }
      writer.commit();
    }
  }

  @Test
  void oneSliceTwiceIsRefused() throws IOException {
    grey("z1.png", 1);
    grey("z01.png", 1);
    assertTrue(
        openingFails(folder).contains("z01.png and z1.png differ in zeros or capitals alone"));
  }

  @ParameterizedTest
  @CsvSource({
    "s1 s2 s4 s5, s2 is followed by s4",
    "z000 z010 z020 z040, z020 is followed by z040",
    "a_8bit_01 a_8bit_02 a_8bit_03 a_8bit_10, a_8bit_03 is followed by a_8bit_10"
  })
  void gapsInTheNumbersAreTold(String names, String told) throws IOException {
    for (String name : names.split(" ")) {
      grey(name + ".png", 1);
    }
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(1, volume.notes().size());
      assertTrue(volume.notes().get(0).contains(told), volume.notes().get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s1 s2 s3 s4",
        "z000 z010 z020 z030",
        "x1_y1 x1_y2 x2_y1",
        "a b d",
        "z0.25 z0.5 z1"
      })
  void numbersWithoutGapsAreNotMentioned(String names) throws IOException {
    for (String name : names.split(" ")) {
      grey(name + ".png", 1);
    }
    try (Volume volume = Volumes.open(folder)) {
      assertEquals(List.of(), volume.notes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"o.png", "o.JPG", "o.nii.gz", "o.nrrd", "o.dm4", "o.stl", "o.avi"})
  void namesOfFilesThatAreNotWrittenAreRefusedBeforeTheWork(String name) {
    Path output = folder.resolve(name);
    String message =
        assertThrows(OutputException.class, () -> Volumes.requireName(output)).getMessage();
    assertTrue(message.startsWith("Cannot write " + output + ": a file ending in ."), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o", "o.tif", "o.ome.zarr", "o.h5", "o.mrc", "2024-01-05_run.2"})
  void namesThatAreWrittenAreRight(String name) {
    Volumes.requireName(folder.resolve(name));
  }

  @Test
  void missingFolderIsNamed() {
    String message = openingFails(folder.resolve("gone"));
    assertTrue(message.startsWith("No such file or folder: " + folder.resolve("gone")), message);
  }

  @Test
  void emptyFolderIsRefused() {
    String message = openingFails(folder);
    assertTrue(message.startsWith("No images in the folder " + folder), message);
    assertTrue(message.contains("found nothing"), message);
  }

  @Test
  void folderOfFoldersSuggestsOne() throws IOException {
    Files.createDirectory(folder.resolve("c0"));
    String message = openingFails(folder);
    assertTrue(message.contains("did you mean " + folder.resolve("c0")), message);
  }

  @Test
  void severalFormatsAreRefusedByNamingTwoFiles() throws IOException {
    grey("a1.png", 1);
    grey("a2.png", 1);
    grey("a3.jpg", 1);
    String message = openingFails(folder);
    assertTrue(message.contains("expected PNG as a1.png, found JPEG in a3.jpg"), message);
  }

  @Test
  void differentSizesAreRefusedByNamingTwoFiles() throws IOException {
    grey("a1.png", 1);
    grey("a2.png", 1);
    image("a3.png", 6, 5, BufferedImage.TYPE_BYTE_GRAY, 1);
    String message = openingFails(folder);
    assertTrue(
        message.contains(
            "expected 6 x 4 pixels, 1 channel, 8-bit as in a1.png, found 6 x 5 pixels, 1 channel,"
                + " 8-bit in a3.png"),
        message);
  }

  @Test
  void differentChannelsAreRefused() throws IOException {
    grey("a1.png", 1);
    image("a2.png", 6, 4, BufferedImage.TYPE_3BYTE_BGR, 1);
    String message = openingFails(folder);
    assertTrue(message.contains("found 6 x 4 pixels, 3 channels, 8-bit in a2.png"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif"})
  void fileThatIsNotAnImageIsRefused(String extension) throws IOException {
    grey("a1." + extension, 1);
    Path text = Files.writeString(folder.resolve("a2." + extension), "this is not an image");
    String message = openingFails(folder);
    assertTrue(
        message.contains("Cannot read " + text + ": it is not a PNG, TIFF or JPEG image"), message);
    message = openingFails(text);
    assertTrue(message.contains("it is not a PNG, TIFF or JPEG image"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif"})
  void truncatedImageIsRefusedByName(String extension) throws IOException {
    Path path = image("a." + extension, 64, 64, BufferedImage.TYPE_3BYTE_BGR, 9);
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length - bytes.length / 4));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> {
              try (Volume volume = Volumes.open(path)) {
                volume.readSlice(0, 0, new float[64 * 64]);
              }
            });
    assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
  }

  @Test
  void emptyFileIsRefused() throws IOException {
    Path path = Files.createFile(folder.resolve("a.tif"));
    assertTrue(openingFails(path).contains("it is not a PNG, TIFF or JPEG image"));
  }

  @Test
  void unknownFormatListsTheKnownOnes() throws IOException {
    Path path = Files.writeString(folder.resolve("a.spc"), "map ");
    String message = openingFails(path);
    assertTrue(message.contains("unknown format: expected one of: "), message);
    assertTrue(message.contains("folder of PNG"), message);
    assertEquals(false, Volumes.canOpen(path));
  }

  @Test
  void imageThatChangesWhileOpenIsRefused() throws IOException {
    grey("a1.png", 1);
    grey("a2.png", 2);
    try (Volume volume = Volumes.open(folder)) {
      image("a2.png", 5, 4, BufferedImage.TYPE_BYTE_GRAY, 1);
      BadInputException e =
          assertThrows(BadInputException.class, () -> volume.readSlice(1, 0, new float[24]));
      assertTrue(e.getMessage().contains("a2.png changed while it was in use"), e.getMessage());
    }
  }

  @Test
  void channelFoldersAreWrittenAndEachReadBack() throws IOException {
    Path output = folder.resolve("maps");
    VoxelSize size = new VoxelSize(0.004, 0.004, 0.04, "µm");
    VolumeSpec spec = new VolumeSpec(2, 1, 2, 2, PixelType.FLOAT32, size);
    try (VolumeWriter writer = Volumes.create(output, spec, List.of("membrane", "mito"))) {
      writer.writeSlice(new float[] {0.25f, -1}, new float[] {1, 2});
      writer.writeSlice(new float[] {3, 4}, new float[] {5, Float.NaN});
      writer.commit();
    }
    try (Volume volume = Volumes.open(output.resolve("mito"))) {
      float[] found = new float[2];
      volume.readSlice(1, 0, found);
      assertArrayEquals(new float[] {5, Float.NaN}, found);
      assertEquals(size, volume.voxelSize());
    }
    try (Stream<Path> files = Files.list(output.resolve("membrane"))) {
      assertEquals(
          List.of("z0000.tif", "z0001.tif"),
          files.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }
}
