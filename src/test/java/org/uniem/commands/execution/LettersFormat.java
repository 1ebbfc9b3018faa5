package org.uniem.commands.execution;

import java.io.IOException;
import java.nio.file.Files;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOPlugin;
import org.scijava.io.location.FileLocation;
import org.scijava.io.location.Location;
import org.scijava.plugin.Plugin;

/** Stands for the readers of Fiji: a line of text as an image, y = 255. */
@Plugin(type = IOPlugin.class)
public class LettersFormat extends AbstractIOPlugin<RandomAccessibleInterval<UnsignedByteType>> {

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal has no type arguments
  public Class<RandomAccessibleInterval<UnsignedByteType>> getDataType() {
    return (Class) RandomAccessibleInterval.class;
  }

  @Override
  public boolean supportsOpen(Location source) {
    return source.getName().endsWith(".letters");
  }

  @Override
  public RandomAccessibleInterval<UnsignedByteType> open(Location source) throws IOException {
    String text = Files.readString(((FileLocation) source).getFile().toPath());
    byte[] pixels = new byte[text.length()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (text.charAt(i) == 'y' ? 255 : 0);
    }
    return ArrayImgs.unsignedBytes(pixels, pixels.length, 1);
  }
}
