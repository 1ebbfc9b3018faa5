package org.uniem.commands.dialogs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;
import org.uniem.commands.TestStacks;
import org.uniem.commands.data.OpenPhantomImages;
import org.uniem.commands.data.OpenPhantomLabels;
import org.uniem.commands.help.HowToCite;
import org.uniem.commands.networks.Predict;
import org.uniem.commands.networks.TrainNetwork;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.postprocess.LabelObjects;
import org.uniem.commands.scores.Evaluate;
import org.uniem.job.BadParameterException;
import org.uniem.viewers.images.OpenImages;
import org.uniem.volumes.PixelType;

/** What happens to a dialog before it opens, and what its buttons do; and the sample images. */
class DialogTest {

  @TempDir Path folder;

  private Context context;

  @BeforeEach
  void begin() {
    context = new Context();
    Interpreter.batchMode = true;
  }

  @AfterEach
  void end() {
    int[] ids = WindowManager.getIDList();
    for (int id : ids == null ? new int[0] : ids) {
      Interpreter.removeBatchModeImage(WindowManager.getImage(id));
    }
    WindowManager.setTempCurrentImage(null);
    Interpreter.batchMode = false;
    context.close();
  }

  private CommandModule module(Class<? extends DialogCommand> command) {
    CommandService commands = context.service(CommandService.class);
    return (CommandModule)
        context.service(ModuleService.class).createModule(commands.getCommand(command));
  }

  private CommandModule dialog(Class<? extends DialogCommand> command) {
    CommandModule module = module(command);
    new DialogDefaults().process(module);
    return module;
  }

  private Path stack() {
    return TestStacks.write(
        folder.resolve("stack.tif"), PixelType.UINT8, 2, new float[] {1, 2}, new float[] {3, 4});
  }

  @Test
  void aLongReasonIsBrokenAtSpaces() {
    String word = "x".repeat(44);
    assertEquals("Short.", DialogCommand.inLines("Short."));
    assertEquals(
        word + " " + word + "\n" + word, DialogCommand.inLines(word + " " + word + " " + word));
    String path = "/" + "y".repeat(120);
    assertEquals("At\n" + path + "\nit is.", DialogCommand.inLines("At " + path + " it is."));
  }

  @Test
  void activeImageAndAFreeNameBesideItAreProposed() {
    Path file = stack();
    ImagePlus image = IJ.openImage(file.toString());
    image.show();
    CommandModule module = dialog(Predict.class);
    assertEquals(file.toFile(), module.getInput("images"));
    assertEquals(folder.resolve("stack-probability.tif").toFile(), module.getInput("output"));
    assertFalse(module.isInputResolved("images"), "the user may choose another");

    CommandModule evaluate = dialog(Evaluate.class);
    assertEquals(file.toFile(), evaluate.getInput("segmentation"));
    assertEquals(folder.resolve("stack-scores.json").toFile(), evaluate.getInput("report"));

    image.changes = true;
    assertEquals(new File("stack.tif"), dialog(LabelObjects.class).getInput("images"));
  }

  @Test
  void rememberedPathThatIsGoneIsForgotten() throws Exception {
    CommandModule module = module(LabelObjects.class);
    module.setInput("images", folder.resolve("gone.tif").toFile());
    new DialogDefaults().process(module);
    assertEquals(null, module.getInput("images"));
    Path there = Files.createFile(folder.resolve("there.tif"));
    module.setInput("images", there.toFile());
    new DialogDefaults().process(module);
    assertEquals(there.toFile(), module.getInput("images"));
  }

  @Test
  void advancedParametersAreNotInTheDialogItself() {
    CommandModule module = dialog(TrainNetwork.class);
    long shown =
        CommandParameters.of(TrainNetwork.class).stream()
            .filter(input -> !module.isInputResolved(input.name()))
            .count();
    assertTrue(module.isInputResolved("beta1"));
    assertFalse(module.isInputResolved("minutes"));
    assertTrue(shown <= 20, shown + " rows are more than fit on the screen of a laptop");
  }

  @Test
  void headingsWithoutParametersAreNotShown() {
    CommandModule module = dialog(TrainNetwork.class);
    assertTrue(module.isInputResolved("computeHeading"));
    assertFalse(module.isInputResolved("dataHeading"));
  }

  @Test
  void macroOptionsMayHaveTheNamesOfTheCommandLineOrThoseOfTheRecorder() {
    var inputs = CommandParameters.of(LabelObjects.class);
    File file = stack().toFile();
    for (String name : List.of("minVoxels", "minvoxels")) {
      assertEquals(
          Map.of("images", file, "minVoxels", 30L, "voxelSize", "", "threshold", 0.25),
          MacroOptions.values(
              "label-objects",
              inputs,
              "images=[" + file + "] " + name + "=30 voxelsize= threshold=0.25 "));
    }
  }

  @Test
  void macroOptionsTakeBracketsQuotationMarksAndBareNames() {
    assertEquals(
        Map.of("a", "x [y] z", "b", "p q", "resume", "true", "c", "", "d", "1=2"),
        MacroOptions.parse("a=[x [y] z] b='p q' resume c= d=1=2"));
  }

  @Test
  void unknownNameInAMacroIsRefused() {
    String message =
        assertThrows(
                BadParameterException.class,
                () ->
                    MacroOptions.values(
                        "label-objects", CommandParameters.of(LabelObjects.class), "minVoxel=3"))
            .getMessage();
    assertTrue(message.startsWith("Unknown parameter 'minVoxel' of label-objects."), message);
    assertTrue(message.endsWith("Put [ ] around values that hold spaces."), message);
  }

  @Test
  void macroThatGivesSomeParametersGetsNoDialogForTheOthers() {
    CommandModule module = module(LabelObjects.class);
    module.setInput("output", folder.resolve("out.tif").toFile());
    module.resolveInput("output");
    InputDefaults defaults = new InputDefaults();
    context.inject(defaults);
    defaults.process(module);
    module.getInfo().inputs().forEach(i -> assertTrue(module.isInputResolved(i.getName())));
  }

  @Test
  void defaultsAreRestoredButPathsAreKept() {
    TrainNetwork train = new TrainNetwork();
    CommandParameters.set(train, "images", new File("a"));
    CommandParameters.set(train, "minutes", 7.0);
    CommandParameters.set(train, "beta1", 0.5);
    train.restoreDefaults();
    assertEquals(new File("a"), CommandParameters.get(train, "images"));
    assertEquals(0.0, CommandParameters.get(train, "minutes"));
    assertEquals(-1.0, CommandParameters.get(train, "beta1"));
  }

  @Test
  void samplesOpenWithoutAFileSoThatMacrosRunAnywhere() throws Exception {
    CommandService commands = context.service(CommandService.class);
    commands.run(OpenPhantomImages.class, true).get();
    ImagePlus images = WindowManager.getCurrentImage();
    commands.run(OpenPhantomLabels.class, true).get();
    ImagePlus labels = WindowManager.getCurrentImage();
    assertEquals("phantom.tif", images.getTitle());
    assertEquals("phantom-labels.tif", labels.getTitle());
    for (ImagePlus image : new ImagePlus[] {images, labels}) {
      assertEquals(24, image.getNSlices());
      assertEquals(30, image.getCalibration().pixelDepth);
      assertEquals("nm", image.getCalibration().getUnit());
      assertEquals(new File(image.getTitle()), OpenImages.reference(image));
    }
  }

  @Test
  void citationNamesThePapersOfTheCitationFile() throws Exception {
    CommandModule module = context.service(CommandService.class).run(HowToCite.class, true).get();
    String text = (String) module.getOutput("citation");
    Files.readAllLines(Path.of("CITATION.cff")).stream()
        .filter(line -> line.contains("doi:"))
        .map(line -> line.replaceAll(".*doi: *", ""))
        .forEach(doi -> assertTrue(text.contains(doi), doi));
  }
}
