package org.uniem.networks.training.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.OutputException;

class EventWriterTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_500_000_000_500L), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void bytesAreThoseOfTheFormat() throws Exception {
    Path file = write(writer -> writer.scalar("loss", 300, 0.5));
    // Made from the format's description with a bitwise CRC-32C, not with this code. Every
    // TensorFlow event file begins with the first twelve bytes.
    String version =
        "1800000000000000a37f4b2209000020c00b5ad6411a0d627261696e2e4576656e743a320be205f7";
    String scalar =
        "1b000000000000001a0d9e1309000020c00b5ad64110ac022a0d0a0b0a046c6f7373150000003f20db3254";
    assertEquals(version + scalar, HexFormat.of().formatHex(Files.readAllBytes(file)));
    assertEquals("events.out.tfevents.1500000000.host", file.getFileName().toString());
  }

  @Test
  void maskedChecksumIsTheKnownAnswer() {
    // CRC-32C of "123456789" is e3069283 (RFC 3720); rotated by 15 and offset by a282ead8.
    byte[] digits = "x123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xc78ab0e5, EventRecords.maskedCrc(digits, 1, 9));
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    BufferedImage grey = new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(4, 2, 0, 200);
    byte[] graph = new byte[300];
    new Random(1).nextBytes(graph);
    Path file =
        write(
            writer -> {
              writer.graph(graph);
              writer.scalar("loss/training ü", 0, 1e-9);
              writer.scalar("", Long.MAX_VALUE, Double.NaN);
              writer.scalar("rate", -1, -2.5);
              writer.image("preview", 7, grey);
              writer.flush();
            });
    CollectedEvents events = CollectedEvents.of(file);
    assertEquals(
        List.of(
            new CollectedEvents.Scalar("loss/training ü", 0, 1_500_000_000.5, 1e-9f),
            new CollectedEvents.Scalar("", Long.MAX_VALUE, 1_500_000_000.5, Float.NaN),
            new CollectedEvents.Scalar("rate", -1, 1_500_000_000.5, -2.5f)),
        events.scalars());
    assertArrayEquals(graph, events.graphs().get(0).read());
    CollectedEvents.Image image = events.images().get(0);
    assertEquals("preview 7", image.tag() + " " + image.step());
    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image.content().read()));
    assertEquals("5x3", decoded.getWidth() + "x" + decoded.getHeight());
    assertEquals(200, decoded.getRaster().getSample(4, 2, 0));
    assertEquals(0, decoded.getRaster().getSample(0, 0, 0));
  }

  @Test
  void secondWriterOfTheSameSecondTakesAnotherName() {
    try (EventWriter first = new EventWriter(folder, CLOCK, "host");
        EventWriter second = new EventWriter(folder, CLOCK, "host")) {
      assertNotEquals(first.file(), second.file());
      assertTrue(second.file().getFileName().toString().startsWith("events.out.tfevents.15"));
    }
  }

  @Test
  void folderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    OutputException e =
        assertThrows(OutputException.class, () -> new EventWriter(file.resolve("events")));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  /** What to write. */
  private interface Events {
    void writeTo(EventWriter writer);
  }

  private Path write(Events events) {
    try (EventWriter writer = new EventWriter(folder, CLOCK, "host")) {
      events.writeTo(writer);
      return writer.file();
    }
  }
}
