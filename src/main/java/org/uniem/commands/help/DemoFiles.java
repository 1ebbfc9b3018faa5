package org.uniem.commands.help;

import java.nio.file.Path;

/**
 * Where the demo puts its results.
 *
 * @param folder all of them
 */
record DemoFiles(Path folder) {

  Path phantom() {
    return folder.resolve("phantom");
  }

  Path images() {
    return phantom().resolve("images.tif");
  }

  Path truth() {
    return phantom().resolve("mitochondria.tif");
  }

  Path model() {
    return folder.resolve("model");
  }

  Path probability() {
    return folder.resolve("probability.tif");
  }

  Path objects() {
    return folder.resolve("objects.tif");
  }

  Path scores(boolean instances) {
    return folder.resolve(instances ? "scores-instance.json" : "scores-semantic.json");
  }

  Path report() {
    return folder.resolve("report.html");
  }
}
