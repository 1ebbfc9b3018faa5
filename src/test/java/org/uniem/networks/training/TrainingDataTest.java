package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.job.ResourceException;
import org.uniem.networks.training.TrainingDataOptions.Classes;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VoxelSize;

class TrainingDataTest {

  private final List<String> messages = new ArrayList<>();
  private final Job job =
      new Job(
          1,
          new ProgressListener() {
            @Override
            public void progress(String stage, long done, long total, String unit) {}

            @Override
            public void message(String message) {
              messages.add(message);
            }
          });

  @AfterEach
  void closeJob() {
    job.close();
  }

  @Test
  void eightBitPixelsAreScaledByTheirType() {
    ArrayVolume images =
        new ArrayVolume("em", 2, 1, 1, 1, PixelType.UINT8, (x, y, z, c) -> x == 0 ? 255 : 51);
    TrainingData data = load(images, columns(2, 1, 1), TrainingDataOptions.FOREGROUND);
    assertEquals(1f, data.image(0, 0).get(0), 1e-6f);
    assertEquals(0.2f, data.image(0, 0).get(1), 1e-6f);
    assertEquals(0.6, data.mean(), 1e-6);
    assertEquals(0.4, data.std(), 1e-6);
    assertEquals(List.of(), messages);
    assertEquals(51, data.normalisation().seen().low());
    assertEquals(255, data.normalisation().seen().white());
  }

  @Test
  void twelveBitPixelsAreScaledByWhereTheyLieAndThatIsSaid() {
    ArrayVolume images =
        new ArrayVolume("em", 2, 1, 1, 1, PixelType.UINT16, (x, y, z, c) -> x == 0 ? 3890 : 112);
    TrainingData data = load(images, columns(2, 1, 1), TrainingDataOptions.FOREGROUND);
    assertEquals(1f, data.image(0, 0).get(0), 1e-6f);
    assertEquals(0f, data.image(0, 0).get(1), 1e-6f);
    assertTrue(messages.get(0).contains("are 16-bit but lie in 112 … 3890"), messages::toString);
    assertEquals(112, data.normalisation().seen().black());
    assertEquals(PixelType.UINT16, data.normalisation().seen().type());
  }

  @Test
  void floatsAreScaledByTheRangeOfTheVolumeAndThatIsSaid() {
    ArrayVolume images =
        new ArrayVolume("em", 2, 1, 3, 1, PixelType.FLOAT32, (x, y, z, c) -> 10 * z + x - 5);
    // Slice 0 and 2 are not labelled, yet their values belong to the range -5 … 16.
    ArrayVolume labels = ArrayVolume.bytes("gt", 2, 1, 3, (x, y, z, c) -> z == 1 ? x : 9);
    TrainingData data = load(images, labels, new TrainingDataOptions(Classes.FOREGROUND, 9, 0, 1));
    assertEquals(10f / 21, data.image(1, 0).get(0), 1e-6f);
    assertEquals(11f / 21, data.image(1, 0).get(1), 1e-6f);
    assertTrue(messages.get(0).contains("-5 … 16 becomes 0 … 1"), messages.toString());
  }

  @Test
  void onlyLabelledSlicesAndTheirMirroredNeighboursAreKept() {
    ArrayVolume images = ArrayVolume.bytes("em", 4, 4, 9, (x, y, z, c) -> 10 * z + x);
    ArrayVolume labels =
        ArrayVolume.bytes("gt", 4, 4, 9, (x, y, z, c) -> z == 0 || z == 7 ? x % 2 : 255);
    TrainingData data =
        load(images, labels, new TrainingDataOptions(Classes.FOREGROUND, 255, 1, 2));
    assertArrayEquals(new int[] {0, 7}, data.labelledSlices());
    assertEquals(3, data.inputChannels());
    // 0 − 2 is mirrored to 2, 7 + 2 to 7.
    assertEquals(2, data.contextSlice(0, -1));
    assertEquals(7, data.contextSlice(7, 1));
    assertEquals(5, data.contextSlice(7, -1));
    double mean = 0;
    for (int z : new int[] {0, 2, 5, 7}) {
      assertEquals((10 * z + 3) / 255f, data.image(z, 0).get(3), 1e-6f);
      mean += (10 * z + 1.5) / 255 / 4;
    }
    assertEquals(mean, data.mean(), 1e-6);
    assertThrows(NullPointerException.class, () -> data.image(1, 0));
  }

  @Test
  void valuesBecomeClassesInAscendingOrder() {
    // Discovered in the order 200, 3, 0; 7 is unlabelled.
    float[] row = {200, 3, 3, 0, 7, 0, 0, 0};
    ArrayVolume labels = ArrayVolume.bytes("gt", 8, 1, 1, (x, y, z, c) -> row[x]);
    TrainingData data =
        load(ramp(8, 1, 1), labels, new TrainingDataOptions(Classes.VALUES, 7, 0, 1));
    assertEquals(List.of("0", "3", "200"), data.classNames());
    assertEquals(3, data.classCount());
    assertArrayEquals(new byte[] {3, 2, 2, 1, 0, 1, 1, 1}, data.labels(0));
    assertArrayEquals(new double[] {4 / 7., 2 / 7., 1 / 7.}, data.classFrequencies(), 1e-12);
  }

  @Test
  void objectIdsBecomeOneForeground() {
    ArrayVolume labels =
        new ArrayVolume("gt", 4, 1, 1, 1, PixelType.UINT16, (x, y, z, c) -> x * 4000);
    TrainingData data = load(ramp(4, 1, 1), labels, TrainingDataOptions.FOREGROUND);
    assertEquals(List.of("foreground"), data.classNames());
    assertArrayEquals(new byte[] {1, 2, 2, 2}, data.labels(0));
    assertArrayEquals(new double[] {0.25, 0.75}, data.classFrequencies(), 1e-12);
    assertEquals(new VoxelSize(5, 5, 20, "nm"), data.voxelSize());
  }

  @Test
  void differentSizesAreRefused() {
    String message = refuse(ramp(4, 4, 3), columns(4, 4, 2), TrainingDataOptions.FOREGROUND);
    assertTrue(message.contains("images em 4 x 4 x 3 voxels, labels gt 4 x 4 x 2."), message);
    refuse(ramp(4, 4, 2), columns(5, 4, 2), TrainingDataOptions.FOREGROUND);
    refuse(ramp(4, 4, 2), columns(4, 3, 2), TrainingDataOptions.FOREGROUND);
  }

  @Test
  void differentSliceNumbersAreRefusedAndNamed() {
    String message =
        refuse(
            ramp(4, 4, 2).named("em_00", 1),
            columns(4, 4, 2).named("gt", 2),
            TrainingDataOptions.FOREGROUND);
    assertTrue(message.contains("slice 0 is em_001 in em but gt2 in gt"), message);
  }

  @Test
  void sliceNamesMayDifferWhileTheirNumbersAgree() {
    TrainingDataOptions options = TrainingDataOptions.FOREGROUND;
    load(ramp(4, 4, 2).named("em_00", 1), columns(4, 4, 2).named("gt", 1), options);
    load(ramp(4, 4, 2), columns(4, 4, 2).named("gt", 5), options);
    load(ramp(4, 4, 2).named("s9-em", "s10-em"), columns(4, 4, 2).named("09 gt", "10 gt"), options);
    load(ramp(4, 4, 2).named("ant", "bee"), columns(4, 4, 2).named("ant.gt", "bee.gt"), options);
    load(ramp(4, 4, 1).named("cortex"), columns(4, 4, 1).named("painted"), options);
  }

  @ParameterizedTest
  @CsvSource({
    "sec1_s3 sec2_s3 sec10_s3, sec1_s3 sec2_s3 sec5_s3, sec10_s3",
    "1_2024-01-05 2_2024-01-05, 1_2024-01-05 3_2024-01-05, 2_2024-01-05",
    "z9_8bit z10_8bit, z9_8bit z11_8bit, z10_8bit",
    "x1_y1 x1_y2 x2_y1, x1_y1 x1_y2 x2_y2, x2_y1",
    "z-1.00 z-0.50, z-1.00 z-0.75, z-0.50",
    "A_1 B_1 B_2, A_1 C_1 C_2, B_1"
  })
  void whatTellsNamesApartMustAgree(String images, String labels, String named) {
    int depth = images.split(" ").length;
    String message =
        refuse(
            ramp(4, 4, depth).named(images.split(" ")),
            columns(4, 4, depth).named(labels.split(" ")),
            TrainingDataOptions.FOREGROUND);
    assertTrue(message.contains(" is " + named + " in "), message);
  }

  @ParameterizedTest
  @CsvSource({
    "em_001_s3 em_002_s3, gt1 gt2",
    "Sec9_8bit Sec10_8bit, sec009 sec010",
    "d5_t1 d6_t2, s5 s6",
    "a1 b1, gt_a1 gt_b1",
    "x1_y1 x1_y2, x01_y01_mask x01_y02_mask"
  })
  void whatDoesNotTellNamesApartMayDiffer(String images, String labels) {
    load(
        ramp(4, 4, 2).named(images.split(" ")),
        columns(4, 4, 2).named(labels.split(" ")),
        TrainingDataOptions.FOREGROUND);
  }

  private static final int SOFT = 64;

  /** Two discs with edges that fall off over some pixels, from 255 to 0. */
  private static double soft(int x, int y, double edge) {
    double from = Math.min(Math.hypot(x - 20, y - 20) - 12, Math.hypot(x - 46, y - 44) - 10);
    return 255 * Math.max(0, Math.min(1, 0.5 - from / edge));
  }

  private List<String> messagesOf(ArrayVolume labels, TrainingDataOptions options, long[] counts) {
    List<String> messages = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void progress(String stage, long done, long total, String unit) {}

          @Override
          public void message(String message) {
            messages.add(message);
          }
        };
    try (Job listening = new Job(1, listener)) {
      LabelClasses.Result result = LabelClasses.read(labels, options, listening);
      System.arraycopy(result.counts(), 0, counts, 0, 2);
    }
    return messages;
  }

  private static ArrayVolume soft(double edge) {
    return new ArrayVolume(
        "gt",
        SOFT,
        SOFT,
        1,
        1,
        PixelType.UINT8,
        (x, y, z, c) -> (float) Math.rint(soft(x, y, edge)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3, 5})
  void softEdgesAreDividedAtHalfAndSaidSo(double edge) {
    long[] counts = new long[2];
    List<String> messages = messagesOf(soft(edge), TrainingDataOptions.FOREGROUND, counts);
    int half = 0;
    for (int i = 0; i < SOFT * SOFT; i++) {
      half += Math.rint(soft(i % SOFT, i / SOFT, edge)) >= 128 ? 1 : 0;
    }
    assertEquals(half, counts[1]);
    assertEquals(1, messages.size(), messages.toString());
    assertTrue(messages.get(0).contains("128 and more is foreground"), messages.get(0));
  }

  @Test
  void noiseOfJpegNearBothValuesIsDividedAtHalf() {
    ArrayVolume labels =
        new ArrayVolume(
            "gt",
            SOFT,
            SOFT,
            1,
            1,
            PixelType.UINT8,
            (x, y, z, c) -> {
              int noise = (x * 31 + y * 17 + x * y * 7) % 9;
              return soft(x, y, 1e-9) > 0 ? 255 - noise : noise;
            });
    long[] counts = new long[2];
    assertEquals(1, messagesOf(labels, TrainingDataOptions.FOREGROUND, counts).size());
    long disc = 0;
    for (int i = 0; i < SOFT * SOFT; i++) {
      disc += soft(i % SOFT, i / SOFT, 1e-9) > 0 ? 1 : 0;
    }
    assertEquals(disc, counts[1]);
  }

  @Test
  void idsOfObjectsAreAllForegroundWithoutAWord() {
    ArrayVolume labels =
        new ArrayVolume(
            "gt",
            SOFT,
            SOFT,
            1,
            1,
            PixelType.UINT8,
            (x, y, z, c) -> x % 5 == 4 || y % 5 == 4 ? 0 : 1 + x / 5 + y / 5 * 13);
    long[] counts = new long[2];
    assertEquals(List.of(), messagesOf(labels, TrainingDataOptions.FOREGROUND, counts));
    assertEquals((SOFT - 12) * (SOFT - 12), counts[1]);
  }

  @Test
  void gradualValuesThroughoutAreRefused() {
    ArrayVolume map =
        new ArrayVolume("gt", SOFT, SOFT, 1, 1, PixelType.UINT8, (x, y, z, c) -> (x + y) * 2 % 256);
    String message = refuse(ramp(SOFT, SOFT, 1), map, TrainingDataOptions.FOREGROUND);
    assertTrue(message.contains("gt hold gradual values 0 … 252"), message);
  }

  @Test
  void differentSliceNamesAreRefusedAndNamed() {
    String message =
        refuse(
            ramp(4, 4, 2).named("ant", "bee"),
            columns(4, 4, 2).named("ant", "cow"),
            TrainingDataOptions.FOREGROUND);
    assertTrue(message.contains("slice 1 is bee in em but cow in gt"), message);
    refuse(
        ramp(4, 4, 2).named("s9-em", "s10-em"),
        columns(4, 4, 2).named("s9-gt", "s11-gt"),
        TrainingDataOptions.FOREGROUND);
  }

  @Test
  void colourLabelsAreRefused() {
    ArrayVolume labels = new ArrayVolume("gt", 4, 4, 1, 3, PixelType.UINT8, (x, y, z, c) -> x);
    assertTrue(
        refuse(ramp(4, 4, 1), labels, TrainingDataOptions.FOREGROUND).contains("3 channels"));
  }

  @Test
  void nanPixelIsRefusedWithItsPlace() {
    ArrayVolume images =
        new ArrayVolume(
            "em",
            4,
            4,
            2,
            1,
            PixelType.FLOAT32,
            (x, y, z, c) -> x == 3 && y == 2 && z == 1 ? Float.NaN : x);
    String message = refuse(images, columns(4, 4, 2), TrainingDataOptions.FOREGROUND);
    assertTrue(
        message.contains("Slice 1 (z0001) of \"em\" has the value NaN at x=3, y=2"), message);
  }

  @Test
  void labelsThatCannotTrainAreRefused() {
    TrainingDataOptions foreground = TrainingDataOptions.FOREGROUND;
    TrainingDataOptions values = new TrainingDataOptions(Classes.VALUES, null, 0, 1);
    assertRefused(constant(0), foreground, "have no foreground");
    assertRefused(constant(3), foreground, "foreground alone");
    assertRefused(constant(3), values, "one class only: every labelled pixel is 3");
    for (Classes classes : Classes.values()) {
      assertRefused(
          constant(3), new TrainingDataOptions(classes, 3, 0, 1), "hold no labelled pixel");
    }
    assertRefused(
        ArrayVolume.bytes("gt", 4, 4, 1, (x, y, z, c) -> x),
        new TrainingDataOptions(Classes.FOREGROUND, 0, 0, 1),
        "classes=values");
    assertRefused(
        new ArrayVolume("gt", 4, 4, 1, 1, PixelType.FLOAT32, (x, y, z, c) -> x / 2f),
        foreground,
        "x=1, y=0 is 0.5, expected a whole number");
    assertRefused(
        new ArrayVolume("gt", 4, 4, 1, 1, PixelType.FLOAT32, (x, y, z, c) -> Float.NaN),
        foreground,
        "is NaN, expected a whole number");
  }

  @Test
  void moreThanSixteenClassesSuggestForeground() {
    ArrayVolume labels = ArrayVolume.bytes("gt", 17, 1, 1, (x, y, z, c) -> x);
    TrainingDataOptions values = new TrainingDataOptions(Classes.VALUES, null, 0, 1);
    String message = refuse(ramp(17, 1, 1), labels, values);
    assertTrue(message.contains("more than 16"), message);
    assertTrue(message.contains("classes=foreground"), message);
    assertEquals(
        16,
        load(ramp(17, 1, 1), labels, new TrainingDataOptions(Classes.VALUES, 4, 0, 1))
            .classCount());
  }

  @Test
  void blankImagesAreRefused() {
    ArrayVolume blank = ArrayVolume.bytes("em", 4, 4, 1, (x, y, z, c) -> 77);
    assertTrue(
        refuse(blank, columns(4, 4, 1), TrainingDataOptions.FOREGROUND).contains("are blank"));
  }

  @Test
  void tooLittleMemoryIsSaid() {
    TrainingData.checkMemory(700, 1000);
    ResourceException e =
        assertThrows(ResourceException.class, () -> TrainingData.checkMemory(4L << 30, 2L << 30));
    assertTrue(e.getMessage().contains("4096 MB"), e.getMessage());
  }

  @Test
  void cancelledJobStops() {
    job.cancel();
    assertThrows(
        CancellationException.class,
        () -> load(ramp(4, 4, 1), columns(4, 4, 1), TrainingDataOptions.FOREGROUND));
  }

  @Test
  void fourSlicesAreSplitAtWholeSlices() {
    TrainingData data = load(ramp(80, 8, 5), columns(80, 8, 5), TrainingDataOptions.FOREGROUND);
    Split split = data.split(0.2);
    assertEquals(4, split.training().size());
    assertEquals(List.of(new Split.Region(4, 0, 0, 80, 8)), split.validation());
    assertEquals(2, data.split(0.4).validation().size());
    assertEquals(4, data.split(0.9).validation().size());
    assertDisjointAndComplete(data, split);
  }

  @Test
  void fewSlicesAreSplitAtAStrip() {
    TrainingData data = load(ramp(400, 8, 3), columns(400, 8, 3), TrainingDataOptions.FOREGROUND);
    Split split = data.split(0.25);
    assertEquals(new Split.Region(2, 0, 0, 300, 8), split.training().get(2));
    assertEquals(new Split.Region(2, 300, 0, 100, 8), split.validation().get(2));
    // At least 64 pixels, at most half.
    assertEquals(64, data.split(0.01).validation().get(0).width());
    TrainingData narrow = load(ramp(100, 8, 1), columns(100, 8, 1), TrainingDataOptions.FOREGROUND);
    assertEquals(50, narrow.split(0.1).validation().get(0).width());
    assertDisjointAndComplete(data, split);
  }

  @Test
  void stripLiesInTheLabelledPart() {
    ArrayVolume labels =
        ArrayVolume.bytes("gt", 500, 8, 1, (x, y, z, c) -> x >= 100 && x < 300 ? x % 2 : 9);
    TrainingData data =
        load(ramp(500, 8, 1), labels, new TrainingDataOptions(Classes.FOREGROUND, 9, 0, 1));
    assertEquals(List.of(new Split.Region(0, 0, 0, 200, 8)), data.split(0.5).training());
    assertEquals(List.of(new Split.Region(0, 200, 0, 300, 8)), data.split(0.5).validation());
  }

  @Test
  void zeroFractionValidatesNothing() {
    TrainingData data = load(ramp(80, 8, 2), columns(80, 8, 2), TrainingDataOptions.FOREGROUND);
    assertTrue(data.split(0).validation().isEmpty());
    assertEquals(2, data.split(0).training().size());
    assertThrows(BadParameterException.class, () -> data.split(-0.1));
    assertThrows(BadParameterException.class, () -> data.split(Double.NaN));
  }

  @Test
  void splitThatTakesAllOfAClassIsRefused() {
    ArrayVolume labels = ArrayVolume.bytes("gt", 200, 8, 1, (x, y, z, c) -> x >= 190 ? 1 : 0);
    TrainingData data = load(ramp(200, 8, 1), labels, TrainingDataOptions.FOREGROUND);
    BadInputException e = assertThrows(BadInputException.class, () -> data.split(0.3));
    assertTrue(e.getMessage().contains("no pixel of foreground"), e.getMessage());
  }

  private static void assertDisjointAndComplete(TrainingData data, Split split) {
    int area = 0;
    for (Split.Region t : split.training()) {
      area += t.width() * t.height();
      for (Split.Region v : split.validation()) {
        assertFalse(t.overlaps(v));
      }
    }
    for (Split.Region v : split.validation()) {
      area += v.width() * v.height();
    }
    assertEquals(data.labelledSlices().length * data.width() * data.height(), area);
  }

  private void assertRefused(ArrayVolume labels, TrainingDataOptions options, String part) {
    String message = refuse(ramp(4, 4, 1), labels, options);
    assertTrue(message.contains(part), message);
  }

  private String refuse(ArrayVolume images, ArrayVolume labels, TrainingDataOptions options) {
    return assertThrows(BadInputException.class, () -> load(images, labels, options)).getMessage();
  }

  private TrainingData load(ArrayVolume images, ArrayVolume labels, TrainingDataOptions options) {
    return TrainingData.load(images, labels, options, job);
  }

  private static ArrayVolume ramp(int width, int height, int depth) {
    return ArrayVolume.bytes("em", width, height, depth, (x, y, z, c) -> (x + y + 10 * z) % 256);
  }

  /** Every second column is foreground. */
  private static ArrayVolume columns(int width, int height, int depth) {
    return ArrayVolume.bytes("gt", width, height, depth, (x, y, z, c) -> x % 2);
  }

  private static ArrayVolume constant(int value) {
    return ArrayVolume.bytes("gt", 4, 4, 1, (x, y, z, c) -> value);
  }
}
