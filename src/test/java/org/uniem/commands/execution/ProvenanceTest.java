package org.uniem.commands.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.job.Job;

class ProvenanceTest {

  @TempDir Path folder;

  @Test
  void namesEverythingThatMakesTheResult() throws Exception {
    Path input = Files.writeString(folder.resolve("in.txt"), "abc");
    Path output = folder.resolve("out.txt");
    CommandLineRun run =
        CommandLineRun.of(
            "test-echo", "output=" + output, "input=" + input, "text=it's", "count=2");
    assertEquals(0, run.status(), run.err());
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("out-provenance.json")))
            .getAsJsonObject();
    assertEquals("test-echo", json.get("command").getAsString());
    assertEquals(
        "scripts/uniem test-echo output=" + output + " input=" + input + " 'text=it'\\''s' count=2",
        json.get("commandLine").getAsString());
    assertEquals(0.5, json.getAsJsonObject("parameters").get("threshold").getAsDouble());
    assertTrue(json.get("seed").isJsonNull());
    JsonObject checksum = json.getAsJsonArray("inputs").get(0).getAsJsonObject();
    assertEquals(3, checksum.get("bytes").getAsLong());
    // SHA-256 of "abc", FIPS 180-4 example B.1
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        checksum.get("sha256").getAsString());
    assertTrue(json.getAsJsonObject("machine").get("cores").getAsInt() > 0);
  }

  @Test
  void checksumOfAFolderDependsOnNamesAndContent() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    Files.writeString(images.resolve("a"), "12");
    Files.writeString(images.resolve("b"), "3");
    try (Job job = Job.silent()) {
      Object before = Provenance.checksum(images, job).get("sha256");
      assertEquals(before, Provenance.checksum(images, job).get("sha256"));
      Files.move(images.resolve("b"), images.resolve("c"));
      assertNotEquals(before, Provenance.checksum(images, job).get("sha256"));
      Files.move(images.resolve("c"), images.resolve("b"));
      Files.writeString(images.resolve("a"), "1");
      Files.writeString(images.resolve("b"), "23");
      assertNotEquals(before, Provenance.checksum(images, job).get("sha256"));
    }
  }
}
