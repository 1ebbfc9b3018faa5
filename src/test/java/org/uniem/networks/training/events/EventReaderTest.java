package org.uniem.networks.training.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;

class EventReaderTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_500_000_000_500L), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void readerFollowsAGrowingFile() {
    try (EventWriter writer = new EventWriter(folder, CLOCK, "host")) {
      EventReader reader = new EventReader(writer.file());
      assertTrue(CollectedEvents.of(reader).scalars().isEmpty());
      writer.scalar("a", 1, 1);
      writer.scalar("a", 2, 2);
      assertEquals(2, CollectedEvents.of(reader).scalars().size());
      assertTrue(CollectedEvents.of(reader).scalars().isEmpty());
      writer.scalar("a", 3, 3);
      assertEquals(3, CollectedEvents.of(reader).scalars().get(0).step());
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
      CollectedEvents events = new CollectedEvents();
      boolean atEnd = reader.readNew(events);
      assertEquals(Math.max(0, (length - 40) / record), events.scalars().size());
      assertEquals(length == 0 || length == 40 || length == 40 + record, atEnd, "" + length);
      // Once the rest has arrived, it is read.
      Files.write(file, Arrays.copyOfRange(bytes, length, bytes.length), StandardOpenOption.APPEND);
      assertEquals(2, events.scalars().size() + CollectedEvents.of(reader).scalars().size());
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
      BadInputException e = assertThrows(BadInputException.class, () -> CollectedEvents.of(file));
      assertTrue(e.getMessage().contains("at byte 40 the checksum"), e.getMessage());
    }
  }

  @Test
  void anythingElseIsNoEventFile() throws Exception {
    Path file = folder.resolve("text");
    Files.writeString(file, "This is no event file at all.");
    assertThrows(BadInputException.class, () -> CollectedEvents.of(file));
    assertThrows(
        BadInputException.class, () -> CollectedEvents.of(folder.resolve("events.of.nobody")));
    // Sound frames around something that is no event.
    for (byte[] event :
        new byte[][] {{0x2a, 0x7f}, {0x0f}, {0x09, 1}, {0x20, 1}, "\u00ff".repeat(12).getBytes()}) {
      Files.write(file, EventRecords.frame(event));
      BadInputException e = assertThrows(BadInputException.class, () -> CollectedEvents.of(file));
      assertTrue(e.getMessage().contains("malformed"), e.getMessage());
    }
  }

  @Test
  void aTailOfZerosIsWaitedFor() throws Exception {
    Path file = write(writer -> writer.scalar("a", 1, 1));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, 40), whole.length));
    EventReader reader = new EventReader(file);
    CollectedEvents events = new CollectedEvents();
    assertFalse(reader.readNew(events));
    assertEquals(40, reader.position());
    Files.write(file, whole);
    assertTrue(reader.readNew(events));
    assertEquals(1, events.scalars().size());
  }

  @Test
  void aFileThatBecameShorterIsSaid() throws Exception {
    Path file = write(writer -> writer.scalar("a", 1, 1));
    EventReader reader = new EventReader(file);
    CollectedEvents.of(reader);
    Files.write(file, new byte[10]);
    BadInputException e = assertThrows(BadInputException.class, () -> CollectedEvents.of(reader));
    assertTrue(e.getMessage().contains(file + " ") && e.getMessage().contains("shorter"), "" + e);
  }

  @Test
  void largeImagesAndGraphsInTheMiddleAreReadOnlyWhenAskedFor() throws Exception {
    BufferedImage noise = noise();
    byte[] graph = new byte[200_000];
    new Random(2).nextBytes(graph);
    Path file =
        write(
            writer -> {
              writer.graph(graph);
              writer.image("preview", 7, noise);
              writer.scalar("a", 8, 1);
            });
    CollectedEvents events = CollectedEvents.of(file);
    assertEquals(1, events.scalars().size());
    assertArrayEquals(graph, events.graphs().get(0).read());
    EventContent image = events.images().get(0).content();
    assertEquals(7, events.images().get(0).step());
    assertTrue(image.length() > EventReader.WINDOW_BYTES, "larger than what is read at a time");
    byte[] png = image.read();
    assertEquals(0x89504e47, java.nio.ByteBuffer.wrap(png).getInt());
    // Damage in the middle of the image does not hide the curve, but is said when it is looked at.
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) image.offset() + image.length() - 9] ^= 1;
    Files.write(file, bytes);
    assertEquals(1, CollectedEvents.of(file).scalars().size());
    BadInputException e = assertThrows(BadInputException.class, image::read);
    assertTrue(
        e.getMessage().contains(file + " ") && e.getMessage().contains("byte " + image.event()),
        e.getMessage());
  }

  @Test
  void aLargeImageBeingWrittenIsWaitedFor() throws Exception {
    BufferedImage noise = noise();
    Path file = write(writer -> writer.image("preview", 7, noise));
    byte[] whole = Files.readAllBytes(file);
    EventReader reader = new EventReader(file);
    for (int length : new int[] {52, 60, 70_000, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(CollectedEvents.of(reader).images().isEmpty(), "" + length);
      // The length was set before the bytes arrived.
      Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
      assertTrue(CollectedEvents.of(reader).images().isEmpty(), "" + length);
    }
    Files.write(file, whole);
    assertEquals(1, CollectedEvents.of(reader).images().size());
  }

  /** Windows end everywhere within such events, never visibly. */
  @Test
  void aHundredThousandStepsAreReadInOrder() {
    int steps = 100_000;
    Path file =
        write(writer -> LongStream.range(0, steps).forEach(i -> writer.scalar("a", i, i % 7)));
    CollectedEvents events = CollectedEvents.of(file);
    assertEquals(steps, events.scalars().size());
    for (int i = 0; i < steps; i++) {
      assertEquals(i, events.scalars().get(i).step());
      assertEquals(i % 7, events.scalars().get(i).value());
    }
  }

  private static BufferedImage noise() {
    BufferedImage noise = new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(1);
    for (int i = 0; i < 300 * 300; i++) {
      noise.getRaster().setSample(i % 300, i / 300, 0, random.nextInt(256));
    }
    return noise;
  }

  private Path write(Consumer<EventWriter> events) {
    try (EventWriter writer = new EventWriter(folder, CLOCK, "host")) {
      events.accept(writer);
      return writer.file();
    }
  }
}
