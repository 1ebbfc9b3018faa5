package org.uniem.commands;

import java.util.ArrayList;
import java.util.List;

/** Several command lines one after the other in one process, divided by {@code --}. */
public final class LargeStackRun {

  private LargeStackRun() {}

  /** Ends with the status of the first command that fails. */
  public static void main(String[] args) {
    List<String> line = new ArrayList<>();
    for (int i = 0; i <= args.length; i++) {
      if (i < args.length && !args[i].equals("--")) {
        line.add(args[i]);
        continue;
      }
      int status = UniEm.run(line.toArray(String[]::new), System.out, System.err);
      if (status != 0) {
        System.exit(status);
      }
      line.clear();
    }
  }
}
