package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
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
    EventReader.Events events = EventReader.read(file);
    assertEquals(
        List.of(
            new EventReader.Scalar("loss/training ü", 0, 1_500_000_000.5, 1e-9f),
            new EventReader.Scalar("", Long.MAX_VALUE, 1_500_000_000.5, Float.NaN),
            new EventReader.Scalar("rate", -1, 1_500_000_000.5, -2.5f)),
        events.scalars());
    assertArrayEquals(graph, events.graph().orElseThrow());
    assertFalse(events.truncated());
    EventReader.Image image = events.images().get(0);
    assertEquals(
        "preview 7 5x3",
        image.tag() + " " + image.step() + " " + image.width() + "x" + image.height());
    BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image.png()));
    assertEquals(200, decoded.getRaster().getSample(4, 2, 0));
    assertEquals(0, decoded.getRaster().getSample(0, 0, 0));
  }

  @Test
  void readerFollowsAGrowingFile() {
    try (EventWriter writer = new EventWriter(folder, CLOCK, "host")) {
      EventReader reader = new EventReader(writer.file());
      assertTrue(reader.readNew().scalars().isEmpty());
      writer.scalar("a", 1, 1);
      writer.scalar("a", 2, 2);
      assertEquals(2, reader.readNew().scalars().size());
      assertTrue(reader.readNew().scalars().isEmpty());
      writer.scalar("a", 3, 3);
      assertEquals(3, reader.readNew().scalars().get(0).step());
    }
  }

  @Test
  void everyTruncationGivesTheEventsBeforeIt() throws Exception {
    Path whole =
        write(
            writer -> {
              writer.scalar("a", 1, 1);
              writer.scalar("a", 2, 2);
            });
    byte[] bytes = Files.readAllBytes(whole);
    int record = (bytes.length - 40) / 2;
    Path file = folder.resolve("cut");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      EventReader reader = new EventReader(file);
      EventReader.Events events = reader.readNew();
      assertEquals(Math.max(0, (length - 40) / record), events.scalars().size());
      assertEquals(
          length != 0 && length != 40 && length != 40 + record, events.truncated(), "" + length);
      // Once the rest has arrived, it is read.
      Files.write(file, Arrays.copyOfRange(bytes, length, bytes.length), StandardOpenOption.APPEND);
      assertEquals(2, events.scalars().size() + reader.readNew().scalars().size());
    }
  }

  @Test
  void damageBeforeTheLastEventIsSaidWithItsPlace() throws Exception {
    Path file =
        write(
            writer -> {
              writer.scalar("a", 1, 1);
              writer.scalar("a", 2, 2);
            });
    byte[] bytes = Files.readAllBytes(file);
    for (int at : new int[] {40, 44, 49, 52, 60}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      BadInputException e = assertThrows(BadInputException.class, () -> EventReader.read(file));
      assertTrue(e.getMessage().contains("at byte 40 the checksum"), e.getMessage());
    }
  }

  @Test
  void anythingElseIsNoEventFile() throws Exception {
    Path file = folder.resolve("text");
    Files.writeString(file, "This is no event file at all.");
    assertThrows(BadInputException.class, () -> EventReader.read(file));
    assertThrows(
        BadInputException.class, () -> EventReader.read(folder.resolve("events.of.nobody")));
    // Sound frames around something that is no event.
    for (byte[] event :
        new byte[][] {{0x2a, 0x7f}, {0x0f}, {0x09, 1}, {0x20, 1}, "\u00ff".repeat(12).getBytes()}) {
      Files.write(file, EventRecords.frame(event));
      BadInputException e = assertThrows(BadInputException.class, () -> EventReader.read(file));
      assertTrue(e.getMessage().contains("malformed"), e.getMessage());
    }
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
