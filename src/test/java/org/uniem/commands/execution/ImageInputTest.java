package org.uniem.commands.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.commands.dialogs.DialogDefaults;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.Paths;
import org.uniem.commands.postprocess.LabelObjects;
import org.uniem.commands.scores.Evaluate;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Open images as inputs and results as images, as in a headless macro of Fiji. */
public class ImageInputTest {

  @TempDir Path folder;

  @BeforeEach
  void beginBatchMode() {
    Interpreter.batchMode = true;
  }

  @AfterEach
  void endBatchMode() {
    int[] ids = WindowManager.getIDList();
    for (int id : ids == null ? new int[0] : ids) {
      Interpreter.removeBatchModeImage(WindowManager.getImage(id));
    }
    WindowManager.setTempCurrentImage(null);
    Interpreter.batchMode = false;
  }

  private ImagePlus show(String title, int... values) {
    ImageStack stack = new ImageStack(values.length, 1);
    for (int z = 0; z < 2; z++) {
      ByteProcessor slice = new ByteProcessor(values.length, 1);
      for (int x = 0; x < values.length; x++) {
        slice.set(x, 0, values[x]);
      }
      stack.addSlice(slice);
    }
    ImagePlus image = new ImagePlus(title, stack);
    image.getCalibration().pixelDepth = 20;
    image.getCalibration().setUnit("nm");
    image.show();
    return image;
  }

  private static CommandModule run(Class<? extends UniEmCommand> command, Object... inputs)
      throws Exception {
    try (Context context = new Context()) {
      return context.service(CommandService.class).run(command, true, inputs).get();
    }
  }

  private static void assertDone(CommandModule module) {
    assertFalse(module.isCanceled(), module.getCancelReason());
  }

  private static float[] slice(Path path, long z) {
    try (Volume volume = Volumes.open(path)) {
      return TestStacks.slice(volume, z);
    }
  }

  @Test
  void titleOfAnOpenImageIsAnInput() throws Exception {
    show("my map", 255, 0, 255, 255);
    Path output = folder.resolve("objects.tif");
    assertDone(run(LabelObjects.class, "images", new File("my map"), "output", output.toFile()));
    assertArrayEquals(new float[] {1, 0, 2, 2}, slice(output, 1));
    try (Volume volume = Volumes.open(output)) {
      assertEquals(20, volume.voxelSize().z());
    }
    JsonObject provenance = provenance(output);
    assertTrue(
        provenance.get("commandLine").getAsString().contains("'images=my map'"),
        provenance.toString());
    JsonObject input = provenance.getAsJsonArray("inputs").get(0).getAsJsonObject();
    assertEquals("my map", input.get("path").getAsString());
    assertEquals(32, input.get("bytes").getAsLong());
    assertEquals(64, input.get("sha256").getAsString().length());
  }

  private static JsonObject provenance(Path output) throws Exception {
    return new Gson()
        .fromJson(
            Files.readString(Paths.companion(output, Provenance.FILE_NAME)), JsonObject.class);
  }

  @Test
  void titlesAreInputsOfTheEvaluation() throws Exception {
    show("found", 1, 1, 0, 2);
    show("expected", 1, 1, 0, 2);
    Path report = folder.resolve("scores.json");
    assertDone(
        run(
            Evaluate.class,
            "segmentation",
            new File("found"),
            "truth",
            new File("expected"),
            "report",
            report.toFile(),
            "mode",
            "instance"));
    JsonObject scores = new Gson().fromJson(Files.readString(report), JsonObject.class);
    assertEquals(1, scores.get("rand").getAsDouble());
    assertEquals("found", scores.get("segmentation").getAsString());
  }

  @Test
  void activeImageIsTheDefaultInput() throws Exception {
    show("other", 0, 0, 0, 255);
    show("active", 255, 0, 0, 0);
    Path output = folder.resolve("objects.tif");
    CommandModule module = run(LabelObjects.class, "output", output.toFile());
    assertDone(module);
    assertEquals(new File("active"), module.getInput("images"));
    assertArrayEquals(new float[] {1, 0, 0, 0}, slice(output, 0));
  }

  @Test
  void unchangedActiveImageIsGivenByItsFile() throws Exception {
    Path file = folder.resolve("map.tif");
    IJ.saveAsTiff(show("map", 255, 0), file.toString());
    ImagePlus image = IJ.openImage(file.toString());
    image.show();
    CommandModule module =
        run(LabelObjects.class, "output", folder.resolve("objects.tif").toFile());
    assertDone(module);
    assertEquals(file.toFile(), module.getInput("images"));
  }

  @Test
  void noOpenImageIsToldInOneSentence() throws Exception {
    CommandModule module =
        run(LabelObjects.class, "output", folder.resolve("objects.tif").toFile());
    assertTrue(module.isCanceled());
    assertTrue(
        module
            .getCancelReason()
            .startsWith("Parameter 'images' is missing: open an image in Fiji, or give images=…"),
        module.getCancelReason());
  }

  @Test
  void titleOfNoImageIsToldInOneSentence() throws Exception {
    CommandModule module =
        run(
            LabelObjects.class,
            "images",
            new File("no such title"),
            "output",
            folder.resolve("objects.tif").toFile());
    assertTrue(module.isCanceled());
    assertTrue(
        module
            .getCancelReason()
            .contains("there is no such file or folder, and no open image has this title"),
        module.getCancelReason());
  }

  @Test
  void suggestedOutputIsFreeAndBesideTheInput() throws Exception {
    Path file = TestStacks.write(folder.resolve("a.tif"), PixelType.UINT8, 1, new float[] {1});
    assertEquals(
        folder.resolve("a-objects.tif"), DialogDefaults.free(file.toFile(), "-objects.tif"));
    Files.createFile(folder.resolve("a-objects.tif"));
    assertEquals(
        folder.resolve("a-2-objects.tif"), DialogDefaults.free(file.toFile(), "-objects.tif"));
    show("image: 3/4", 1);
    assertEquals(
        "image_ 3_4-objects.tif",
        DialogDefaults.free(new File("image: 3/4"), "-objects.tif").getFileName().toString());
  }

  private static final AtomicReference<Path> MACRO_FOLDER = new AtomicReference<>();

  /** Called by the macro of a test. */
  public static String labelInMacro() throws Exception {
    CommandModule module =
        run(
            LabelObjects.class,
            "images",
            new File("map"),
            "output",
            MACRO_FOLDER.get().resolve("objects.tif").toFile());
    return module.isCanceled() ? module.getCancelReason() : "done";
  }

  @Test
  void resultIsAnImageForTheNextLineOfAMacro() {
    show("map", 255, 0, 255);
    MACRO_FOLDER.set(folder);
    String found =
        new Interpreter()
            .run(
                "done = call('org.uniem.commands.execution.ImageInputTest.labelInMacro');"
                    + "selectImage('objects.tif');"
                    + "getVoxelSize(x, y, z, unit);"
                    + "return done + ' ' + getTitle() + ' ' + nSlices + ' ' + z + unit + ' '"
                    + " + getPixel(2, 0);",
                "");
    assertEquals("done objects.tif 2 20nm 2", found);
  }

  @Test
  void imageIsStoredForAnotherProcess() throws Exception {
    show("my map", 255, 0, 255, 255);
    LabelObjects label = new LabelObjects();
    CommandParameters.set(label, "images", new File("my map"));
    Path output = folder.resolve("objects.tif");
    CommandParameters.set(label, "output", output.toFile());
    Path stored;
    try (Job job = new Job(1, ProgressListener.NONE);
        StoredImages images = StoredImages.of(label, job)) {
      stored = images(label).toPath();
      assertTrue(stored.isAbsolute() && Files.exists(stored), stored.toString());
      CommandLineRun other =
          CommandLineRun.of("label-objects", "images=" + stored, "output=" + output);
      assertEquals(0, other.status(), other.err());
      images.restoreNames(output);
    }
    assertEquals(new File("my map"), images(label));
    assertFalse(Files.exists(stored) || Files.exists(stored.getParent()));
    String text = provenance(output).toString();
    assertTrue(text.contains("'images=my map'"), text);
    assertTrue(text.contains("\"path\":\"my map\""), text);
    assertFalse(text.contains(stored.toString()), text);
  }

  @Test
  void fileIsNotStoredAgain() throws Exception {
    Path file = TestStacks.write(folder.resolve("a.tif"), PixelType.UINT8, 1, new float[] {1});
    LabelObjects label = new LabelObjects();
    CommandParameters.set(label, "images", file.toFile());
    try (Job job = new Job(1, ProgressListener.NONE);
        StoredImages images = StoredImages.of(label, job)) {
      assertEquals(file.toFile(), images(label));
    }
    assertEquals(List.of("/", "a.tif"), names());
  }

  private static File images(LabelObjects label) {
    return (File) CommandParameters.get(label, "images");
  }

  private List<String> names() throws Exception {
    return TestStacks.content(folder).stream().map(entry -> entry.split(" ")[0]).toList();
  }

  @Test
  void unknownFormatIsReadByAPluginOfTheApplication() throws Exception {
    Path file = folder.resolve("map.letters");
    Files.writeString(file, "y.yy");
    Path output = folder.resolve("objects.tif");
    assertDone(run(LabelObjects.class, "images", file.toFile(), "output", output.toFile()));
    assertArrayEquals(new float[] {1, 0, 2, 2}, slice(output, 0));
  }

  @Test
  void unknownFormatWithoutAPluginIsToldInOneSentence() throws Exception {
    Path file = folder.resolve("map.unheard");
    Files.writeString(file, "y.yy");
    CommandModule module =
        run(
            LabelObjects.class,
            "images",
            file.toFile(),
            "output",
            folder.resolve("objects.tif").toFile());
    assertTrue(module.isCanceled());
    assertTrue(
        module.getCancelReason().contains("is of an unknown format: expected one of"),
        module.getCancelReason());
  }
}
