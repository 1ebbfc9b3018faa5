package org.uniem.volumes.stack.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** OME-TIFF: sizes, units and the order of planes from its XML. */
class OmeTiffTest extends TiffCase {

  private static final String NAMESPACE =
      "xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"";

  private static final String SIZES =
      "PhysicalSizeX=\"5\" PhysicalSizeXUnit=\"nm\" PhysicalSizeY=\"6\" PhysicalSizeYUnit=\"nm\""
          + " PhysicalSizeZ=\"40\" PhysicalSizeZUnit=\"nm\"";

  private static String xml(String pixels, String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- text --><OME "
        + NAMESPACE
        + "><Image ID=\"Image:0\" Name=\"cell\"><Pixels ID=\"Pixels:0\" SizeX=\"2\" SizeY=\"1\" "
        + pixels
        + ">"
        + content
        + "</Pixels></Image></OME>";
  }

  /** Pages of two pixels, 10 i and 10 i + 1. */
  private static TiffBuilder file(int count, String xml) {
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < count; i++) {
      TiffBuilder.Page page = file.page8(2, 1, 10 * i, 10 * i + 1);
      if (i == 0) {
        page.description(xml);
      }
    }
    return file;
  }

  /** Numbers of the pages that are the slices of a channel. */
  private int[] pages(TiffBuilder file, int channel) throws IOException {
    try (Volume volume = Volumes.open(file.write(folder))) {
      float[] values = values(volume, channel);
      int[] pages = new int[values.length / 2];
      for (int i = 0; i < pages.length; i++) {
        pages[i] = (int) values[2 * i] / 10;
      }
      return pages;
    }
  }

  @Test
  void voxelSizeIsThatOfTheXmlWhateverTheTagsSay() throws IOException {
    String xml = xml("SizeZ=\"3\" SizeC=\"1\" SizeT=\"1\" " + SIZES, "<TiffData/>");
    assertEquals(new VoxelSize(5, 6, 40, "nm"), voxelSize(file(3, xml)));
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 0, 0)
        .resolution(2_000_000, 1, 3)
        .description(xml.replace("Z=\"3\"", "Z=\"1\""));
    assertEquals(new VoxelSize(5, 6, 40, "nm"), voxelSize(file));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', 5, 6, 40, \u00b5m",
    "nm, \u00b5m, mm, 5, 6000, 40000000, nm",
    "&#181;m, \u03bcm, um, 5, 6, 40, \u00b5m",
    "\u00c5, \u212b, nm, 5, 6, 400, \u00c5",
    "nm, nm, reference frame, 5, 6, NaN, nm",
    "nm, nm, s, 5, 6, NaN, nm",
    "pixel, pixel, pixel, 1, 1, 1, pixel"
  })
  void unitsAreThoseOfEachAxisAndMicrometresByDefault(
      String unitX, String unitY, String unitZ, double x, double y, double z, String unit)
      throws IOException {
    StringBuilder sizes = new StringBuilder("SizeZ=\"3\" SizeC=\"1\" SizeT=\"1\"");
    List<String> axes = List.of("X", "Y", "Z");
    List<String> units = List.of(unitX, unitY, unitZ);
    for (int i = 0; i < 3; i++) {
      sizes.append(" PhysicalSize" + axes.get(i) + "=\"" + List.of(5, 6, 40).get(i) + "\"");
      if (!units.get(i).isEmpty()) {
        sizes.append(" PhysicalSize" + axes.get(i) + "Unit=\"" + units.get(i) + "\"");
      }
    }
    assertEquals(
        new VoxelSize(x, y, z, unit), voxelSize(file(3, xml(sizes.toString(), "<TiffData/>"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PhysicalSizeZ=\"0\"", "PhysicalSizeZ=\"-1\"", "PhysicalSizeZ=\"x\""})
  void withoutASizeAlongZNoneIsInvented(String z) throws IOException {
    String xml =
        xml(
            "SizeZ=\"3\" SizeC=\"1\" SizeT=\"1\" PhysicalSizeX=\"5\" PhysicalSizeY=\"5\" " + z,
            "<TiffData/>");
    assertEquals(VoxelSize.ofPlane(5, 5, "\u00b5m"), voxelSize(file(3, xml)));
  }

  @Test
  void withoutSizesTheTagsAreHeeded() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 0, 0)
        .resolution(2_000_000, 1, 3)
        .description(xml("SizeZ=\"1\" SizeC=\"1\" SizeT=\"1\"", "<TiffData/>"));
    assertEquals(VoxelSize.ofPlane(5e-7, 5e-7, "cm"), voxelSize(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<OME " + NAMESPACE + ">%s</OME>",
        "<OME>%s</OME>",
        "\ufeff<?xml version='1.0' encoding='UTF-16'?>\n<OME " + NAMESPACE + ">%s</OME>",
        "<!-- OME --><?style x?><OME xmlns='http://www.openmicroscopy.org/Schemas/OME/2011-06'>"
            + "<Instrument/>%s</OME>"
      })
  void namespacesAndDeclarationsDoNotMatter(String frame) throws IOException {
    String image =
        "<Image><Description>a &lt;Pixels SizeZ=\"9\"&gt;</Description><Pixels SizeZ='3' SizeC='1'"
            + " SizeT='1' "
            + SIZES
            + "/></Image>";
    assertEquals(new VoxelSize(5, 6, 40, "nm"), voxelSize(file(3, frame.formatted(image))));
  }

  @Test
  void prefixesOfElementsDoNotMatter() throws IOException {
    String xml =
        "<ome:OME xmlns:ome=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><ome:Image>"
            + "<ome:Pixels SizeZ=\"2\" SizeC=\"2\" SizeT=\"1\" DimensionOrder=\"XYZCT\" "
            + SIZES
            + "><ome:TiffData/></ome:Pixels></ome:Image></ome:OME>";
    assertArrayEquals(new int[] {2, 3}, pages(file(4, xml), 1));
  }

  @ParameterizedTest
  @CsvSource({
    "XYZCT, 2, 3",
    "XYZTC, 2, 3",
    "XYTZC, 2, 3",
    "XYCZT, 1, 3",
    "XYCTZ, 1, 3",
    "XYTCZ, 1, 3"
  })
  void planesAreInTheOrderOfTheirAxes(String order, int first, int second) throws IOException {
    String xml =
        xml("SizeZ=\"2\" SizeC=\"2\" SizeT=\"1\" DimensionOrder=\"" + order + "\"", "<TiffData/>");
    assertArrayEquals(new int[] {first, second}, pages(file(4, xml), 1));
  }

  @Test
  void planesAreInTheDirectoriesThatTheXmlNames() throws IOException {
    String places =
        "<TiffData IFD=\"0\" FirstZ=\"2\" PlaneCount=\"1\"/>"
            + "<TiffData IFD=\"1\" FirstZ=\"0\"/>"
            + "<TiffData IFD=\"2\" FirstZ=\"1\" PlaneCount=\"1\"/>";
    String xml = xml("SizeZ=\"3\" SizeC=\"1\" SizeT=\"1\"", places);
    assertArrayEquals(new int[] {1, 2, 0}, pages(file(3, xml), 0));
  }

  @Test
  void blocksOfPlanesFollowTheOrderOfAxes() throws IOException {
    String places =
        "<TiffData IFD=\"3\" FirstC=\"0\" PlaneCount=\"3\"/>"
            + "<TiffData IFD=\"0\" FirstC=\"1\" PlaneCount=\"3\"/>";
    String xml = xml("SizeZ=\"3\" SizeC=\"2\" SizeT=\"1\" DimensionOrder=\"XYZCT\"", places);
    assertArrayEquals(new int[] {3, 4, 5}, pages(file(6, xml), 0));
    assertArrayEquals(new int[] {0, 1, 2}, pages(file(6, xml), 1));
  }

  @Test
  void timesOfOneSliceAreSlicesWithoutADistance() throws IOException {
    String xml = xml("SizeZ=\"1\" SizeC=\"1\" SizeT=\"3\" " + SIZES, "<TiffData/>");
    assertArrayEquals(new int[] {0, 1, 2}, pages(file(3, xml), 0));
    assertEquals(new VoxelSize(5, 6, Double.NaN, "nm"), voxelSize(file(3, xml)));
  }

  @Test
  void coloursOfAPixelAreNoPlanes() throws IOException {
    String xml =
        xml(
            "SizeZ=\"2\" SizeC=\"3\" SizeT=\"1\" Type=\"uint8\"",
            "<Channel SamplesPerPixel=\"3\"/><TiffData/>");
    TiffBuilder file = new TiffBuilder();
    for (int i = 0; i < 2; i++) {
      TiffBuilder.Page page =
          file.page(2, 1, 8)
              .set(TiffTag.SAMPLES_PER_PIXEL, 3)
              .set(TiffTag.PHOTOMETRIC, 2)
              .strips(new byte[] {1, 2, 3, 4, 5, 6});
      if (i == 0) {
        page.description(xml);
      }
    }
    try (Volume volume = Volumes.open(file.write(folder))) {
      assertEquals(3, volume.channels());
      assertEquals(2, volume.depth());
      assertArrayEquals(new float[] {2, 5, 2, 5}, values(volume, 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SizeZ='2' SizeC='1' SizeT='2' | <TiffData/> | time series of 2 stacks",
        "SizeZ='5' SizeC='1' SizeT='1' | <TiffData/> | says 5 images (SizeC=1, SizeZ=5, SizeT=1),"
            + " it has 4",
        "SizeZ='3' SizeC='1' SizeT='1' | <TiffData/> | tells of 3 images, it has 4",
        "SizeZ='4' SizeC='1' SizeT='1' | <TiffData IFD='0' PlaneCount='3'/> | names no directory"
            + " for C=0, Z=3, T=0",
        "SizeZ='4' SizeC='1' SizeT='1' | <TiffData IFD='2' PlaneCount='4'/> | places 4 images from"
            + " directory 2 on, it has 4",
        "SizeZ='4' SizeC='1' SizeT='1' | <TiffData IFD='0' FirstZ='4'/> | places an image at Z=4"
            + " of 4",
        "SizeZ='4' SizeC='1' SizeT='1' | <TiffData IFD='x'/> | has IFD=\"x\"",
        "SizeZ='4' SizeC='1' SizeT='1' | <TiffData IFD='-1'/> | has IFD=\"-1\"",
        "SizeZ='2' SizeC='1' SizeT='1' | <TiffData IFD='0'/><TiffData IFD='1'/> | two directories,"
            + " 0 and 1, for C=0, Z=0, T=0",
        "SizeZ='4' SizeC='1' SizeT='1' DimensionOrder='XYZ' | <TiffData/> | DimensionOrder XYZ",
        "SizeZ='4' SizeC='1' SizeT='1' Type='int8' | <TiffData/> | pixels of type int8, its tags"
            + " 8 bits unsigned",
        "SizeZ='4' SizeC='1' SizeT='1' Type='double-complex' | <TiffData/> | type double-complex",
        "SizeZ='99999999999' SizeC='99999999999' SizeT='1' | <TiffData/> | it has 4",
        "SizeZ='4' SizeC='1' SizeT='1' | <BinData>AAAA</BinData> | its pixels are in its OME-XML",
        "SizeZ='4' SizeC='1' SizeT='1' | <TiffData><UUID FileName='b.ome.tif'>urn:uuid:b</UUID>"
            + "</TiffData><TiffData><UUID FileName='c.ome.tif'>urn:uuid:c</UUID></TiffData> |"
            + " describes no image in it",
        "SizeZ='4' SizeC='1' SizeT='1' | <TiffData><UUID FileName='built.tif'>urn:uuid:b</UUID>"
            + "</TiffData><TiffData><UUID FileName='c.ome.tif'>urn:uuid:c</UUID></TiffData> |"
            + " goes on in 1 other files (c.ome.tif)"
      })
  void whatDoesNotFitIsRefused(String pixels, String content, String words) throws IOException {
    assertRefused(file(4, xml(pixels.replace('\'', '"'), content)), words);
  }

  @Test
  void anotherSizeThanTheTagsIsRefused() throws IOException {
    String xml = xml("SizeZ=\"1\"", "<TiffData/>").replace("SizeX=\"2\"", "SizeX=\"3\"");
    assertRefused(file(1, xml), "its OME-XML says 3 x 1 pixels, its tags 2 x 1");
  }

  @Test
  void severalImagesAreRefusedByName() throws IOException {
    String image = "<Image Name=\"%s\"><Pixels SizeZ=\"2\"><TiffData IFD=\"%d\"/></Pixels></Image>";
    String xml = "<OME>" + image.formatted("raw", 0) + image.formatted("labels", 2) + "</OME>";
    assertRefused(file(4, xml), "it holds 2 images (raw, labels): expected one");
  }

  @Test
  void renamedFileIsKnownByItsId() throws IOException {
    String places =
        "<TiffData IFD=\"0\" PlaneCount=\"3\"><UUID FileName=\"old.ome.tif\">urn:uuid:a</UUID>"
            + "</TiffData>";
    String xml = xml("SizeZ=\"3\" SizeC=\"1\" SizeT=\"1\"", places);
    assertArrayEquals(
        new int[] {0, 1, 2}, pages(file(3, xml.replace("<OME", "<OME UUID=\"urn:uuid:a\"")), 0));
    assertArrayEquals(new int[] {0, 1, 2}, pages(file(3, xml), 0));
    assertRefused(
        file(3, xml.replace("<OME", "<OME UUID=\"urn:uuid:b\"")), "describes no image in it");
  }

  @Test
  void descriptionInAnotherFileIsRefused() throws IOException {
    String xml = "<OME><BinaryOnly MetadataFile=\"a.companion.ome\" UUID=\"urn:uuid:a\"/></OME>";
    assertRefused(file(1, xml), "its OME-XML is in another file");
  }

  @Test
  void directoriesAreCountedWithThumbnails() throws IOException {
    TiffBuilder file = new TiffBuilder();
    file.page8(2, 1, 0, 1)
        .description(
            xml(
                "SizeZ=\"2\" SizeC=\"1\" SizeT=\"1\"",
                "<TiffData IFD=\"0\"/><TiffData IFD=\"2\" FirstZ=\"1\"/>"));
    file.page8(1, 1, 99).set(TiffTag.SUBFILE_TYPE, 1);
    file.page8(2, 1, 20, 21);
    assertArrayEquals(new int[] {0, 2}, pages(file, 0));
  }

  @Test
  void damagedXmlIsRefusedWithItsLine() throws IOException {
    assertRefused(file(1, "<OME>\n<Image>\n</Pixels></OME>"), "its OME-XML is damaged in line 3");
  }

  @Test
  void entitiesOfOtherFilesAreNotRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "7", StandardCharsets.UTF_8);
    String xml =
        "<?xml version=\"1.0\"?><!DOCTYPE OME [<!ENTITY s SYSTEM \""
            + secret.toUri()
            + "\">]><OME><Image><Pixels SizeZ=\"1\">&s;</Pixels></Image></OME>";
    assertRefused(file(1, xml), "OME-XML");
  }

  @Test
  void otherXmlIsNoDescription() throws IOException {
    assertReads(file(2, "<Metadata><OME/></Metadata>"), 0, 1, 10, 11);
    assertReads(file(2, "<OMEGA SizeZ=\"9\"/>"), 0, 1, 10, 11);
  }

  @Test
  void slicesOfOneImageInManyFilesAreAFolder() throws IOException {
    Path stack = Files.createDirectory(folder.resolve("slices"));
    for (int i = 0; i < 3; i++) {
      StringBuilder places = new StringBuilder();
      for (int k = 0; k < 3; k++) {
        places.append(
            "<TiffData IFD=\"0\" FirstZ=\"%d\"><UUID FileName=\"z%d.tif\">urn:%d</UUID></TiffData>"
                .formatted(k, k, k));
      }
      String xml = xml("SizeZ=\"3\" SizeC=\"1\" SizeT=\"1\" " + SIZES, places.toString());
      TiffBuilder file = new TiffBuilder();
      file.page8(2, 1, i, i).description(xml);
      Files.write(stack.resolve("z" + i + ".tif"), file.build());
    }
    try (Volume volume = Volumes.open(stack)) {
      assertEquals(new VoxelSize(5, 6, 40, "nm"), volume.voxelSize());
      assertArrayEquals(new float[] {0, 0, 1, 1, 2, 2}, values(volume, 0));
    }
  }
}
