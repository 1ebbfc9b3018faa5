package org.uniem.annotation.skeletons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;

class SwcFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("neuron.swc");
  }

  private SwcContent read(String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return SwcFile.read(file);
  }

  private String refusal(String text) {
    return assertThrows(BadInputException.class, () -> read(text))
        .getMessage()
        .replace(file.toString(), "FILE");
  }

  @Test
  void whatWasWrittenIsRead() {
    List<Skeleton> skeletons =
        List.of(
            new Skeleton(
                7,
                new double[] {1.5, 2.5, 40, 3, 4, 80, 0.25, 9, 0},
                new float[] {2.5f, 1, 0.5f},
                new int[] {-1, 0, 0}),
            new Skeleton(9, new double[] {5, 6, 7}, new float[] {3}, new int[] {-1}));
    SwcFile.write(file, skeletons, "µm");
    SwcContent content = SwcFile.read(file);
    assertEquals(Optional.of("µm"), content.unit());
    assertEquals(2, content.skeletons().size());
    for (int i = 0; i < 2; i++) {
      assertSame(skeletons.get(i), content.skeletons().get(i));
    }
  }

  private static void assertSame(Skeleton expected, Skeleton found) {
    assertEquals(expected.id(), found.id());
    assertArrayEquals(expected.places(), found.places());
    assertArrayEquals(expected.radii(), found.radii());
    assertArrayEquals(expected.parents(), found.parents());
  }

  @Test
  void otherProgramsCommentSeparateNumberAndOrderAsTheyLike() throws IOException {
    SwcContent content =
        read(
            "# made by hand\n\n 30 3 3 0 0 1 20\n20,2,2,0,0,1,10 # bend\n10\t1\t1\t0\t0\t1\t-1\r\n");
    assertEquals(Optional.empty(), content.unit());
    assertEquals(1, content.skeletons().size());
    assertSame(
        new Skeleton(
            0,
            new double[] {1, 0, 0, 2, 0, 0, 3, 0, 0},
            new float[] {1, 1, 1},
            new int[] {-1, 0, 1}),
        content.skeletons().get(0));
  }

  @Test
  void severalTreesOfAFileAreOneSkeleton() throws IOException {
    SwcContent content = read("1 0 0 0 0 1 -1\n2 0 1 0 0 1 1\n3 0 5 0 0 1 -1\n");
    assertEquals(1, content.skeletons().size());
    assertEquals(2, content.skeletons().get(0).trees());
  }

  @Test
  void lineThatIsNoVertexIsRefused() {
    String expected =
        "' is no vertex: expected seven numbers, number, type, x, y, z, radius, parent. Check that"
            + " it is an SWC file.";
    assertEquals("FILE, line 2: '1 0 1 1 1 1" + expected, refusal("# text\n1 0 1 1 1 1\n"));
    assertEquals("FILE, line 1: '1 0 x 1 1 1 -1" + expected, refusal("1 0 x 1 1 1 -1"));
    assertEquals("FILE, line 1: '1 0 NaN 1 1 1 -1" + expected, refusal("1 0 NaN 1 1 1 -1"));
    assertEquals("FILE, line 1: 'PNG??" + expected, refusal("PNG\u0001\u0002"));
    assertEquals("FILE, line 1: '" + "a".repeat(40) + "…" + expected, refusal("a".repeat(500)));
  }

  @Test
  void fileWithoutVerticesIsRefused() {
    assertEquals(
        "FILE has no vertices: expected lines number, type, x, y, z, radius, parent.",
        refusal("# object 5\n"));
  }

  @Test
  void numberThatIsThereTwiceIsRefused() {
    assertEquals(
        "FILE, line 3: vertex 1 is there twice, first in line 1: expected different numbers. Give"
            + " every neuron a file of its own.",
        refusal("1 0 0 0 0 1 -1\n\n1 0 0 0 0 1 -1\n"));
  }

  @Test
  void missingParentIsRefused() {
    assertEquals(
        "FILE, line 2: vertex 2 has the parent 8, which there is not: expected the number of a"
            + " vertex, or -1 for a root. The file may be incomplete.",
        refusal("1 0 0 0 0 1 -1\n2 0 0 0 0 1 8\n"));
  }

  @Test
  void circleIsRefused() {
    assertEquals(
        "FILE, line 2: the parents of vertex 2 lead in a circle: expected that they lead to a root,"
            + " whose parent is -1.",
        refusal("1 0 0 0 0 1 -1\n2 0 0 0 0 1 3\n3 0 0 0 0 1 2\n"));
    assertEquals(
        "FILE, line 1: the parents of vertex 4 lead in a circle: expected that they lead to a root,"
            + " whose parent is -1.",
        refusal("4 0 0 0 0 1 4\n"));
  }

  @Test
  void fileThatIsNotThereIsRefused() {
    assertEquals(
        "There is no file FILE.",
        assertThrows(BadInputException.class, () -> SwcFile.read(file))
            .getMessage()
            .replace(file.toString(), "FILE"));
  }
}
