package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The images that the OME-XML of a TIFF file describes, of every version and whatever prefix its
 * elements have.
 *
 * <p>Source: OME data model of June 2016, and OME-TIFF specification 6. Document types and external
 * entities, which the format does not have, are refused.
 */
final class OmeXml {

  private final List<OmeImage> images = new ArrayList<>();
  private String uuid = "";
  private boolean elsewhere;

  private OmeXml() {}

  /** Whether a text is OME-XML. */
  static boolean is(String description) {
    String head = description.stripLeading();
    if (head.startsWith("\ufeff")) {
      head = head.substring(1);
    }
    return head.startsWith("<") && head.matches("(?s)(<[?!].*?>\\s*)*<(\\w+:)?OME[\\s/>].*");
  }

  /**
   * Reads a text.
   *
   * @throws IOException if it is damaged; says where
   */
  static OmeXml parse(String description) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // A prefix that is declared nowhere is a fault of many writers and hurts nobody.
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    OmeXml ome = new OmeXml();
    // Its declaration names the encoding of bytes, which these letters no longer have.
    String text = description.replaceFirst("^[\\s\ufeff]*<\\?xml.*?\\?>", "").strip();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          ome.begin(reader);
        }
      }
      return ome;
    } catch (XMLStreamException e) {
      String where = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNumber();
      throw new IOException("its OME-XML is damaged" + where, e);
    }
  }

  private void begin(XMLStreamReader reader) throws XMLStreamException {
    Map<String, String> attributes = attributes(reader);
    OmeImage image = images.isEmpty() ? null : images.get(images.size() - 1);
    switch (local(reader.getLocalName())) {
      case "OME" -> uuid = attributes.getOrDefault("UUID", "");
      case "BinaryOnly" -> elsewhere = true;
      case "Image" ->
          images.add(
              new OmeImage(
                  attributes.getOrDefault("Name", attributes.getOrDefault("ID", "unnamed"))));
      case "Pixels" -> {
        if (image == null) {
          image = new OmeImage("unnamed");
          images.add(image);
        }
        image.setPixels(attributes);
      }
      case "BinData" -> {
        if (image != null) {
          image.setBinary();
        }
      }
      case "TiffData" -> {
        if (image != null) {
          image.add(new OmeImage.PlaneBlock(attributes, "", ""));
        }
      }
      case "UUID" -> {
        if (image != null && !image.blocks().isEmpty()) {
          int last = image.blocks().size() - 1;
          image
              .blocks()
              .set(
                  last,
                  new OmeImage.PlaneBlock(
                      image.blocks().get(last).attributes(),
                      reader.getElementText().strip(),
                      attributes.getOrDefault("FileName", "")));
        }
      }
      default -> {
        // Instruments, regions and annotations.
      }
    }
  }

  private static Map<String, String> attributes(XMLStreamReader reader) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(local(reader.getAttributeLocalName(i)), reader.getAttributeValue(i));
    }
    return attributes;
  }

  private static String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  List<OmeImage> images() {
    return images;
  }

  /** What this file is called in the XML, empty where it has no name. */
  String uuid() {
    return uuid;
  }

  /** Whether another file holds the description. */
  boolean isElsewhere() {
    return elsewhere;
  }
}
