package org.uniem.volumes.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.hdf5.structure.Dataset;
import org.uniem.volumes.hdf5.structure.Hdf5File;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * BigDataViewer's files: {@code t00000/s00/0/cells} for time, setup and resolution, and an XML file
 * beside them with the voxel sizes. Axes are z, y, x.
 *
 * @param time number of the point in time
 * @param setup number of the channel, angle or tile
 * @param level number of the resolution, 0 for the finest
 */
record BigDataViewerLayout(int time, int setup, int level) {

  private static final Pattern CELLS =
      Pattern.compile("/?t(\\d{5,9})/s(\\d{2,9})/(\\d{1,9})/cells");
  private static final long LARGEST_XML = 1 << 26;

  /** What a path in a file stands for, empty where the file is not BigDataViewer's. */
  static Optional<BigDataViewerLayout> of(String path) {
    Matcher cells = CELLS.matcher(path);
    if (!cells.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new BigDataViewerLayout(
            Integer.parseInt(cells.group(1)),
            Integer.parseInt(cells.group(2)),
            Integer.parseInt(cells.group(3))));
  }

  /** The voxel size of its resolution, {@link VoxelSize#UNKNOWN} where no XML file tells. */
  VoxelSize voxelSize(Path file, Hdf5File content, String path) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Path xml = file.resolveSibling(name + ".xml");
    if (!Files.isRegularFile(xml) || Files.size(xml) > LARGEST_XML) {
      return VoxelSize.UNKNOWN;
    }
    Optional<VoxelSize> full = inXml(xml);
    String setupGroup = path.replaceFirst("/?t\\d+/(s\\d+)/.*", "/$1");
    Optional<double[]> factors = factors(content.dataset(setupGroup + "/resolutions"));
    if (full.isEmpty() || factors.isEmpty()) {
      return VoxelSize.UNKNOWN;
    }
    double[] times = factors.get();
    VoxelSize size = full.get();
    return new VoxelSize(
        size.x() * times[0], size.y() * times[1], size.zOr(Double.NaN) * times[2], size.unit());
  }

  /** How many of the finest voxels one of this resolution is, along x, y, z. */
  private Optional<double[]> factors(Optional<Dataset> resolutions) throws IOException {
    if (level == 0) {
      return Optional.of(new double[] {1, 1, 1});
    }
    if (resolutions.isEmpty()) {
      return Optional.empty();
    }
    Dataset table = resolutions.get();
    long[] shape = table.shape();
    boolean doubles = table.type().description().equals("float64");
    if (shape.length != 2 || shape[1] != 3 || level >= shape[0] || !doubles) {
      return Optional.empty();
    }
    double[] factors = new double[3];
    for (int d = 0; d < 3; d++) {
      int[] chunk = table.chunk();
      Optional<byte[]> bytes = table.read(level / chunk[0], d / chunk[1]);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      ByteBuffer numbers = ByteBuffer.wrap(bytes.get()).order(table.type().order());
      factors[d] = numbers.getDouble(8 * (level % chunk[0] * chunk[1] + d % chunk[1]));
      if (!(factors[d] >= 1) || Double.isInfinite(factors[d])) {
        return Optional.empty();
      }
    }
    return Optional.of(factors);
  }

  private Optional<VoxelSize> inXml(Path xml) throws IOException {
    try {
      DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var parser = parsers.newDocumentBuilder();
      // Without one it prints what is wrong.
      parser.setErrorHandler(null);
      NodeList setups = parser.parse(xml.toFile()).getElementsByTagName("ViewSetup");
      for (int i = 0; i < setups.getLength(); i++) {
        Element found = (Element) setups.item(i);
        if (text(found, "id").equals(Optional.of(String.valueOf(setup)))) {
          return voxelSize(found);
        }
      }
      return Optional.empty();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Java's XML parser has lost a feature.", e);
    } catch (SAXException e) {
      throw new IOException("the file " + xml + " beside it is damaged: " + e.getMessage(), e);
    }
  }

  private static Optional<VoxelSize> voxelSize(Element setup) {
    NodeList found = setup.getElementsByTagName("voxelSize");
    if (found.getLength() != 1) {
      return Optional.empty();
    }
    Element voxel = (Element) found.item(0);
    List<String> numbers = List.of(text(voxel, "size").orElse("").strip().split("\\s+"));
    try {
      double[] sizes = numbers.stream().mapToDouble(Double::parseDouble).toArray();
      for (double size : sizes) {
        if (!(size > 0) || Double.isInfinite(size)) {
          return Optional.empty();
        }
      }
      String unit = text(voxel, "unit").orElse("");
      return sizes.length == 3
          ? Optional.of(new VoxelSize(sizes[0], sizes[1], sizes[2], unit))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Element parent, String name) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getTagName().equals(name)) {
        return Optional.of(element.getTextContent().strip());
      }
    }
    return Optional.empty();
  }
}
