#!/usr/bin/env bash
# SciJava's CommandService.run promises a Future<CommandModule>. For a DynamicCommand it runs the
# command and returns null, which only the log at debug level says; for a plain command with the
# same parameters it returns the module. So no command can become dynamic (to order or add
# parameters) without breaking those who wait for its result. org.scijava:scijava-common:2.99.2.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>scijava-dynamic-command</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.scijava</groupId>
      <artifactId>scijava-common</artifactId>
      <version>2.99.2</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=libs

cat > Finding.java <<'JAVA'
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.command.DynamicCommand;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.PluginService;

public class Finding {

  public static class Plain implements Command {
    @Parameter private int count;

    @Override
    public void run() {}
  }

  private static final CountDownLatch RAN = new CountDownLatch(1);

  public static class Dynamic extends DynamicCommand {
    @Parameter private int count;

    @Override
    public void run() {
      RAN.countDown();
    }
  }

  private static Future<CommandModule> run(Context context, Class<? extends Command> type) {
    context.service(PluginService.class).addPlugin(new CommandInfo(type));
    return context.service(CommandService.class).run(type, false, "count", 3);
  }

  public static void main(String[] args) throws Exception {
    try (Context context = new Context(CommandService.class, ModuleService.class)) {
      CommandModule module = run(context, Plain.class).get();
      System.out.println("plain: a CommandModule, count=" + module.getInput("count"));
      System.out.println("dynamic: " + run(context, Dynamic.class));
      System.out.println("dynamic ran: " + RAN.await(10, TimeUnit.SECONDS));
    }
  }
}
JAVA
java -cp "libs/*" Finding.java 2> errors | tee seen || { cat errors; exit 1; }

diff seen - <<'EXPECTED' || { echo "This has changed."; exit 1; }
plain: a CommandModule, count=3
dynamic: null
dynamic ran: true
EXPECTED
echo "scijava-common $(ls libs | sed -n 's/^scijava-common-\(.*\)\.jar$/\1/p'): as described."
