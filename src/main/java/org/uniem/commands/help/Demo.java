package org.uniem.commands.help;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.data.MakePhantom;
import org.uniem.commands.execution.Provenance;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.networks.Predict;
import org.uniem.commands.networks.TrainNetwork;
import org.uniem.commands.parameters.BundledFiles;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.postprocess.LabelObjects;
import org.uniem.commands.report.HtmlReport;
import org.uniem.commands.scores.Evaluate;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.Folders;
import org.uniem.job.files.NewFolders;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.training.run.TrainingListener;

/** Case 1 from painted slices to measured mitochondria, on the bundled phantom. */
@Plugin(
    type = Command.class,
    name = "demo",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Help", weight = 9, mnemonic = 'h'),
      @Menu(label = "Demo...", weight = 2, mnemonic = 'm')
    },
    headless = true,
    description = "Trains, predicts, labels and evaluates a small phantom and writes a report")
public class Demo extends UniEmCommand {

  private static final String PAINTED = "4,12,20";
  private static final String OTHERS = "0-3,5-11,13-19,21-23";

  @Parameter(
      label = "Output folder",
      description = "new folder for all results; empty for uniem-demo in the working folder",
      style = "save",
      required = false,
      persist = false)
  File output;

  @Parameter(
      label = "Minutes of training",
      description = "longer is better: the scores in the report rise",
      min = "0.05",
      max = "600",
      persist = false)
  double minutes = 1.25;

  @Parameter(label = "Seed", description = "fixes the training", persist = false)
  long seed = 1;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  private final List<HtmlReport.Command> lines = new ArrayList<>();

  @Override
  protected void checkParameters() {
    if (output == null) {
      output = freeFolder().toFile();
    }
  }

  private static Path freeFolder() {
    Path work = Path.of("").toAbsolutePath();
    Path place = Files.isWritable(work) ? work : Path.of(System.getProperty("user.home"));
    Path folder = place.resolve("uniem-demo");
    for (int i = 2; Files.exists(folder); i++) {
      folder = place.resolve("uniem-demo-" + i);
    }
    return folder;
  }

  @Override
  protected boolean usesNetworks() {
    return true;
  }

  @Override
  protected List<ResultView> views() {
    return List.of(new ResultView(ResultView.Kind.PAGE, new DemoFiles(output.toPath()).report()));
  }

  @Override
  protected Path execute(Job job) {
    Path folder = output.toPath();
    NewFolders made = new NewFolders();
    lines.clear();
    try {
      makeFolder(made, folder);
      return steps(folder, job);
    } catch (RuntimeException | Error e) {
      try {
        Folders.deleteTree(folder);
        made.removeEmpty();
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private static void makeFolder(NewFolders made, Path folder) {
    try {
      made.make(folder);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot make the folder " + folder + ": " + WholeFile.reason(e) + ". Choose another.", e);
    }
  }

  private Path steps(Path folder, Job job) {
    Instant started = Instant.now();
    DemoFiles files = new DemoFiles(folder);
    MakePhantom phantom = with(new MakePhantom(), Map.of("output", files.phantom().toFile()));
    addLine("Make the phantom (the demo copied the bundled one, which is the same)", phantom);
    BundledFiles.copy("test-data/phantom", files.phantom());
    LossCurve curve = new LossCurve();
    step("Train a network on " + PAINTED.split(",").length + " slices", train(files, curve), job);
    step("Predict all slices", predict(files), job);
    step("Label and measure the objects", label(files), job);
    step("Compare voxels with the truth", evaluate(files, false), job);
    step("Compare objects with the truth", evaluate(files, true), job);
    List<Long> painted = Stream.of(PAINTED.split(",")).map(Long::valueOf).toList();
    new DemoReport(files, painted, curve, started).write(lines);
    return files.report();
  }

  private void step(String title, UniEmCommand command, Job job) {
    addLine(title, command);
    job.message(title + ":");
    command.computeWith(settings());
    command.perform(job, Instant.now());
  }

  /** The results are there and are never overwritten: the lines write to a folder beside them. */
  private void addLine(String title, UniEmCommand command) {
    String line = Provenance.commandLine(command);
    lines.add(new HtmlReport.Command(title, line.replace(output.getPath(), output + "-again")));
  }

  private UniEmCommand train(DemoFiles files, TrainingListener listener) {
    TrainNetwork train =
        with(
            new TrainNetwork(),
            Map.of(
                "images",
                files.images().toFile(),
                "labels",
                files.truth().toFile(),
                "model",
                files.model().toFile(),
                "slices",
                PAINTED,
                "minutes",
                minutes,
                "patchSize",
                128,
                "validationFraction",
                0.15,
                "validateEvery",
                50,
                "seed",
                seed));
    train.follow(listener);
    return train;
  }

  private static UniEmCommand predict(DemoFiles files) {
    return with(
        new Predict(),
        Map.of(
            "images", files.images().toFile(),
            "model", files.model().toString(),
            "output", files.probability().toFile(),
            "flips", "4"));
  }

  private static UniEmCommand label(DemoFiles files) {
    return with(
        new LabelObjects(),
        Map.of(
            "images", files.probability().toFile(),
            "output", files.objects().toFile(),
            "minVoxels", 100));
  }

  private static UniEmCommand evaluate(DemoFiles files, boolean instances) {
    Evaluate evaluate =
        with(
            new Evaluate(),
            Map.of(
                "segmentation", (instances ? files.objects() : files.probability()).toFile(),
                "truth", files.truth().toFile(),
                "report", files.scores(instances).toFile(),
                "slices", OTHERS));
    return instances
        ? with(evaluate, Map.of("mode", "instance"))
        : with(evaluate, Map.of("threshold", 0.5));
  }

  private static <C extends UniEmCommand> C with(C command, Map<String, Object> parameters) {
    parameters.forEach((name, value) -> CommandParameters.set(command, name, value));
    return command;
  }
}
