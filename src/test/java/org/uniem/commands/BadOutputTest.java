package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.networks.TrainNetwork;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.job.OutputException;
import org.uniem.job.ProgressListener;
import org.uniem.networks.training.run.TrainingListener;
import org.uniem.volumes.PixelType;

/** Places that cannot be written and parameters that cannot be meant, for every command. */
class BadOutputTest {

  private static final int SIZE = 20;

  @TempDir static Path shared;
  private static Path images;
  private static Path labels;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void trainAModel() {
    float[] image = new float[SIZE * SIZE];
    float[] label = new float[SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = 31 * i % 256;
      label[i] = i / SIZE < 9 ? 1 : 0;
    }
    images = TestStacks.write(shared.resolve("大脳 größe i.tif"), PixelType.UINT8, SIZE, image);
    labels = TestStacks.write(shared.resolve("l"), PixelType.UINT8, SIZE, label);
    model = shared.resolve("ミトコンドリア ß");
    CommandLineRun run = CommandLineRun.of(writers(model).get(0));
    assertEquals(0, run.status(), run.err());
  }

  /** One command line for each command, with an output of this name. */
  private static List<String[]> writers(Path output) {
    String images = "images=" + BadOutputTest.images;
    String labels = "labels=" + BadOutputTest.labels;
    String result = "output=" + output;
    return List.of(
        new String[] {
          "train-network", images, labels, "model=" + output, "steps=1", "depth=1", "width=2"
        },
        new String[] {"predict", images, "model=" + model, result},
        new String[] {"label-objects", images, result},
        new String[] {
          "evaluate",
          "segmentation=" + BadOutputTest.labels,
          "truth=" + BadOutputTest.labels,
          "report=" + output
        },
        new String[] {"make-phantom", result, "width=16", "height=16", "depth=1"},
        new String[] {"export-model", "model=" + model, result},
        new String[] {"demo", result, "minutes=0.05"});
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void folderThatIsNotEmptyIsKept() throws Exception {
    Path used = Files.createDirectory(folder.resolve("used"));
    Files.writeString(used.resolve("mine.txt"), "mine");
    for (String[] args : writers(used)) {
      Refusal.check(
          folder, List.of("=" + used + ": the folder is not empty. Give another name"), args);
    }
  }

  @Test
  void existingFileIsKept() throws Exception {
    Path used = Files.writeString(folder.resolve("used"), "mine");
    for (String[] args : writers(used)) {
      Refusal.check(folder, List.of("=" + used + ": the file exists. Give another name"), args);
    }
  }

  @Test
  void placeBelowAFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    for (String[] args : writers(file.resolve("result"))) {
      Refusal.check(folder, List.of(file + " is not a folder. Give another place."), args);
    }
  }

  @Test
  void placeWithoutPermissionIsRefused() throws Exception {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assumeTrue(locked.toFile().setWritable(false), "skipped: no permissions here");
    try {
      assumeTrue(!Files.isWritable(locked), "skipped: this user may write everywhere");
      for (String[] args : writers(locked.resolve("result"))) {
        Refusal.check(folder, List.of("no permission to write in " + locked), args);
      }
    } finally {
      locked.toFile().setWritable(true);
    }
  }

  @Test
  void missingOutputIsNamed() throws Exception {
    for (String[] args : writers(folder.resolve("result"))) {
      String[] without =
          Stream.of(args).filter(arg -> !arg.contains("result")).toArray(String[]::new);
      if (!args[0].equals("demo")) {
        Refusal.check(folder, List.of(" is missing: give "), without);
      }
    }
  }

  @Test
  void unknownParameterNamesTheNearest() throws Exception {
    for (String[] args : writers(folder.resolve("result"))) {
      String output = args[0].equals("train-network") ? "model" : "output";
      if (args[0].equals("evaluate")) {
        output = "report";
      }
      String wrong = output.substring(1);
      Refusal.check(
          folder,
          List.of(
              "Unknown parameter '" + wrong + "' of " + args[0],
              "Did you mean '" + output + "'? Valid parameters: "),
          with(args, wrong + "=x"));
    }
  }

  @Test
  void valueOutOfRangeIsRefused() throws Exception {
    List<String> wrong =
        List.of(
            "steps=-1", "tile=-1", "threshold=1.5", "threshold=-0.5", "width=3", "", "minutes=0");
    List<String[]> writers = writers(folder.resolve("result"));
    for (int i = 0; i < wrong.size(); i++) {
      if (!wrong.get(i).isEmpty()) {
        List<String> args = new ArrayList<>(List.of(writers.get(i)));
        String name = wrong.get(i).substring(0, wrong.get(i).indexOf('=') + 1);
        args.removeIf(arg -> arg.startsWith(name));
        args.add(wrong.get(i));
        Refusal.check(folder, List.of("is out of range: give"), args.toArray(String[]::new));
      }
    }
  }

  @Test
  void namesOfOptionsAreProposed() throws Exception {
    String[] train = writers(folder.resolve("result")).get(0);
    Refusal.check(
        folder, List.of("Did you mean 'unet'?", "Give one of"), with(train, "architecture=unett"));
    Refusal.check(folder, List.of("Did you mean 'dice'?", "Give one of"), with(train, "loss=dise"));
    Refusal.check(
        folder, List.of("Did you mean 'flips'?", "Give all"), with(train, "augmentation=flip"));
    Refusal.check(
        folder, List.of("Did you mean 'cosine'?", "Give one of"), with(train, "schedule=cosin"));
  }

  @Test
  void patchThatDoesNotFitTheArchitectureIsRefused() throws Exception {
    Refusal.check(
        folder,
        List.of("patchSize=17 does not fit", "a multiple of", "Give patchSize=16 or"),
        with(writers(folder.resolve("result")).get(0), "patchSize=17"));
  }

  @Test
  void spacesUmlautsAndJapaneseLettersArePaths() throws Exception {
    Path place = Files.createDirectory(folder.resolve("脳 für 1"));
    List<String[]> writers = writers(place.resolve("結果 ü"));
    for (String[] args : writers.subList(0, writers.size() - 1)) {
      Path output = place.resolve(args[0] + " 結果 ü");
      String[] own =
          Stream.of(args)
              .map(arg -> arg.replace(place.resolve("結果 ü").toString(), output.toString()))
              .toArray(String[]::new);
      CommandLineRun run = CommandLineRun.of(own);
      assertEquals(0, run.status(), run.err());
      assertTrue(run.lastLine().startsWith(output.toString()), run.out());
      assertTrue(Files.exists(Path.of(run.lastLine())), run.out());
    }
  }

  /** As where the disk is full: what fails is reported after the folder was made. */
  @Test
  void trainingThatFailsBeforeItsFirstCheckpointLeavesNothing() throws Exception {
    TrainNetwork train = new TrainNetwork();
    CommandParameters.set(train, "images", images.toFile());
    CommandParameters.set(train, "labels", labels.toFile());
    File model = folder.resolve("new").resolve("model").toFile();
    CommandParameters.set(train, "model", model);
    CommandParameters.set(train, "steps", 3);
    CommandParameters.set(train, "depth", 1);
    CommandParameters.set(train, "width", 2);
    CommandParameters.set(train, "device", "cpu");
    train.follow(
        new TrainingListener() {
          @Override
          public void step(long step, double loss) {
            assertTrue(Files.exists(model.toPath().resolve("training/log.csv")));
            throw new OutputException("The disk is full.");
          }
        });
    train.reportTo(ProgressListener.NONE);
    train.run();
    assertEquals("The disk is full.", train.getCancelReason());
    assertEquals(List.of("/"), TestStacks.content(folder));
  }
}
