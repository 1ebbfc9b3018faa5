package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.volumes.PixelType;

/** Images and labels that cannot be worked on, through the command line, for every command. */
class BadInputTest {

  private static final int SIZE = 32;

  @TempDir static Path shared;
  private static Path model;

  @TempDir Path folder;
  private Path images;
  private Path labels;
  private Path result;

  /** A network trained for one step, of images smaller than the default patch. */
  @BeforeAll
  static void trainAModel() {
    Path images = TestStacks.write(shared.resolve("i.tif"), PixelType.UINT8, 20, noise(1, 20));
    Path labels = TestStacks.write(shared.resolve("l.tif"), PixelType.UINT8, 20, square(20));
    model = shared.resolve("model");
    CommandLineRun run =
        CommandLineRun.of(
            "train-network",
            "images=" + images,
            "labels=" + labels,
            "model=" + model,
            "steps=1",
            "batchSize=1",
            "depth=1",
            "width=2");
    assertEquals(0, run.status(), run.err());
  }

  @BeforeEach
  void writeStacks() {
    images =
        TestStacks.write(
            folder.resolve("images"), PixelType.UINT8, SIZE, noise(1, SIZE), noise(2, SIZE));
    labels =
        TestStacks.write(
            folder.resolve("labels"), PixelType.UINT8, SIZE, square(SIZE), square(SIZE));
    result = folder.resolve("new").resolve("result");
  }

  private static float[] noise(int seed, int size) {
    java.util.Random random = new java.util.Random(seed);
    float[] slice = new float[size * size];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = random.nextInt(256);
    }
    return slice;
  }

  private static float[] square(int size) {
    float[] slice = new float[size * size];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = i / size > size / 4 && i / size < size / 2 ? 1 : 0;
    }
    return slice;
  }

  private static float[] constant(float value) {
    float[] slice = new float[SIZE * SIZE];
    Arrays.fill(slice, value);
    return slice;
  }

  private String[] train(Path trainedImages, Path trainedLabels, String... more) {
    return Stream.concat(
            Stream.of(
                "train-network",
                "images=" + trainedImages,
                "labels=" + trainedLabels,
                "model=" + result,
                "steps=1",
                "patchSize=16",
                "depth=1",
                "width=2"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private String[] predict(Path predicted, String... more) {
    return Stream.concat(
            Stream.of("predict", "images=" + predicted, "model=" + model, "output=" + result),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private String[] predictWith(Path otherModel) {
    return new String[] {"predict", "images=" + images, "model=" + otherModel, "output=" + result};
  }

  private String[] label(Path labelled) {
    return new String[] {"label-objects", "images=" + labelled, "output=" + result};
  }

  private String[] evaluate(Path segmentation, Path truth, String... more) {
    return Stream.concat(
            Stream.of(
                "evaluate",
                "segmentation=" + segmentation,
                "truth=" + truth,
                "report=" + result + ".json"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /** The command lines that read a stack, one for each parameter that takes one. */
  private List<String[]> readersOf(Path stack) {
    return List.of(
        train(stack, labels),
        train(images, stack),
        predict(stack),
        label(stack),
        evaluate(stack, labels),
        evaluate(labels, stack));
  }

  private void assertNobodyReads(Path stack, String... words) throws Exception {
    for (String[] args : readersOf(stack)) {
      Refusal.check(folder, List.of(words), args);
    }
  }

  @Test
  void missingFolderIsRefusedByAll() throws Exception {
    Path missing = folder.resolve("not there");
    assertNobodyReads(missing, "=" + missing + ": there is no such file or folder. Check the path");
    Refusal.check(
        folder,
        List.of("Model folder " + missing + " does not exist. Check the path"),
        predictWith(missing));
  }

  @Test
  void emptyFolderIsRefusedByAll() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertNobodyReads(
        empty, "No images in the folder " + empty, "expected PNG, TIFF or JPEG files, found");
  }

  @Test
  void imagesOfSeveralSizesAreRefusedByAll() throws Exception {
    Path mixed = folder.resolve("mixed");
    TestStacks.write(mixed, PixelType.UINT8, SIZE, noise(1, SIZE), noise(2, SIZE));
    Path other = TestStacks.write(shared.resolve("other"), PixelType.UINT8, 8, new float[64]);
    Files.move(firstFile(other), mixed.resolve("z0009.png"));
    Files.delete(other);
    assertNobodyReads(mixed, mixed.toString(), "32 x 32", "8 x 8", "z0009.png", "Keep images of");
  }

  @Test
  void imagesOfSeveralFormatsAreRefusedByAll() throws Exception {
    Path mixed = folder.resolve("mixed");
    TestStacks.write(mixed, PixelType.UINT8, SIZE, noise(1, SIZE), noise(2, SIZE));
    Files.copy(shared.resolve("i.tif"), mixed.resolve("other.tif"));
    assertNobodyReads(mixed, mixed.toString(), "several formats", "other.tif", "Keep one stack");
  }

  @Test
  void filesThatAreNoImagesAreRefusedByAll() throws Exception {
    Path text = Files.createDirectory(folder.resolve("text"));
    Path file = Files.writeString(text.resolve("a.png"), "This is a text.");
    assertNobodyReads(text, "Cannot read " + file + ": it is not a PNG, TIFF or JPEG image");
    assertNobodyReads(file, "Cannot read " + file + ": it is not a PNG, TIFF or JPEG image");
    Path table = Files.writeString(folder.resolve("a.csv"), "1,2");
    assertNobodyReads(table, table + " is of an unknown format", "expected one of");
  }

  @Test
  void truncatedTiffIsRefusedByAll() throws Exception {
    Path tiff =
        TestStacks.write(
            folder.resolve("t.tif"), PixelType.UINT8, SIZE, noise(1, SIZE), noise(2, SIZE));
    byte[] bytes = Files.readAllBytes(tiff);
    for (int length : new int[] {0, 4, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(tiff, Arrays.copyOf(bytes, length));
      assertNobodyReads(tiff, tiff.toString());
    }
  }

  @Test
  void sliceCutShortIsRefusedByAll() throws Exception {
    Path cut = folder.resolve("cut");
    TestStacks.write(cut, PixelType.UINT8, SIZE, noise(1, SIZE), noise(2, SIZE));
    Path second = cut.resolve(firstFile(cut).getFileName().toString().replace("0000", "0001"));
    byte[] bytes = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(bytes, bytes.length / 2));
    assertNobodyReads(cut, second.toString());
  }

  @Test
  void labelsThatDifferInSizeAreRefused() throws Exception {
    Path small =
        TestStacks.write(
            folder.resolve("small"), PixelType.UINT8, 16, new float[256], new float[256]);
    Refusal.check(
        folder,
        List.of(
            "along x and y: images images 32 x 32 x 2 voxels, labels small 16 x 16 x 2.", "give"),
        train(images, small));
    Refusal.check(
        folder,
        List.of("32 x 32 x 2 voxels", "truth small 16 x 16 x 2", "Crop"),
        evaluate(labels, small));
  }

  @Test
  void labelsThatDifferInNumberAreRefused() throws Exception {
    Path fewer = TestStacks.write(folder.resolve("fewer"), PixelType.UINT8, SIZE, square(SIZE));
    Refusal.check(
        folder,
        List.of("along z: images images 32 x 32 x 2 voxels, labels fewer 32 x 32 x 1."),
        train(images, fewer));
    Refusal.check(
        folder,
        List.of(" 32 x 32 x 2 voxels, truth fewer 32 x 32 x 1.", "Crop"),
        evaluate(labels, fewer));
  }

  @Test
  void labelsThatDifferInNamesAreRefused() throws Exception {
    rename(images, "a01.png", "a02.png");
    rename(labels, "b01.png", "b03.png");
    Refusal.check(
        folder, List.of("slice 1 is a02 in images but b03 in labels"), train(images, labels));
    rename(images, "cortex.png", "liver.png");
    rename(labels, "cortex.png", "spleen.png");
    Refusal.check(
        folder, List.of("slice 1 is liver in images but spleen in labels"), train(images, labels));
  }

  private static void rename(Path stack, String... names) throws Exception {
    try (Stream<Path> stream = Files.list(stack)) {
      List<Path> files = stream.sorted().toList();
      for (int i = 0; i < names.length; i++) {
        Files.move(files.get(i), stack.resolve(names[i]));
      }
    }
  }

  private static Path firstFile(Path stack) throws Exception {
    try (Stream<Path> files = Files.list(stack)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }

  @Test
  void labelsOfOneClassOnlyAreRefused() throws Exception {
    Path none = stackOf("none", 0);
    Refusal.check(folder, List.of("none have no foreground", "Paint"), train(images, none));
    Refusal.check(
        folder, List.of("hold one class only", "is 0"), train(images, none, "classes=values"));
    Path all = stackOf("all", 255);
    Refusal.check(folder, List.of("all are foreground alone", "Paint"), train(images, all));
    Refusal.check(
        folder, List.of("hold one class only", "is 255"), train(images, all, "classes=values"));
    Refusal.check(
        folder,
        List.of("hold no labelled pixel: every pixel has the value 255", "Paint"),
        train(images, all, "unlabelled=255"));
  }

  private Path stackOf(String name, float value) {
    return TestStacks.write(
        folder.resolve(name), PixelType.UINT8, SIZE, constant(value), constant(value));
  }

  @Test
  void chosenSlicesWithoutForegroundAreRefused() throws Exception {
    Path half =
        TestStacks.write(folder.resolve("half"), PixelType.UINT8, SIZE, constant(0), square(SIZE));
    Refusal.check(folder, List.of("half have no foreground"), train(images, half, "slices=0"));
  }

  @Test
  void blankImagesAreRefused() throws Exception {
    Refusal.check(folder, List.of("blank are blank", "Check"), train(stackOf("blank", 7), labels));
  }

  @Test
  void imageSmallerThanTheTileIsPredicted() throws Exception {
    Path one = TestStacks.write(folder.resolve("one.tif"), PixelType.UINT8, 1, new float[] {9});
    CommandLineRun run = CommandLineRun.of(predict(one, "tile=512"));
    assertEquals(0, run.status(), run.err());
  }

  @Test
  void nanIsRefusedByAll() throws Exception {
    float[] slice = square(SIZE);
    slice[3 * SIZE + 5] = Float.NaN;
    for (String[] args :
        readersOf(
            TestStacks.write(
                folder.resolve("nan.tif"), PixelType.FLOAT32, SIZE, square(SIZE), slice))) {
      Refusal.check(folder, List.of("NaN", "x=5, y=3"), args);
    }
    Refusal.check(
        folder,
        List.of("NaN", "x=5, y=3"),
        evaluate(folder.resolve("nan.tif"), labels, "threshold=0.5"));
  }
}
