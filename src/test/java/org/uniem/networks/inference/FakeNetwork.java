package org.uniem.networks.inference;

import java.util.List;
import java.util.stream.IntStream;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.PatchNetwork;

/** A network whose maps are a function of the patch. */
record FakeNetwork(int inputChannels, int outputs, int sizeMultiple, Maps maps)
    implements PatchNetwork {

  /** One patch as the network sees it. */
  record Image(float[] values, int height, int width, int channels) {
    float at(int y, int x, int channel) {
      return values[(y * width + x) * channels + channel];
    }
  }

  /** Value of a map at a pixel of a patch. */
  interface Maps {
    float at(Image image, int y, int x, int map);
  }

  /** A model around a function; not normalised: an 8-bit pixel arrives as value / 255. */
  static LoadedModel model(int outputs, int sizeMultiple, Maps maps) {
    return model(
        ModelDescription.builder("fake", "fake")
            .classes(IntStream.range(0, outputs).mapToObj(i -> "class" + i).toList())
            .sizeMultiple(sizeMultiple),
        maps);
  }

  static LoadedModel model(ModelDescription.Builder builder, Maps maps) {
    ModelDescription description = builder.build();
    return new LoadedModel(
        description,
        new FakeNetwork(
            description.networkInputChannels(),
            description.classes().size(),
            description.sizeMultiple(),
            maps));
  }

  /** Gives back the image. */
  static List<LoadedModel> identity(int sizeMultiple) {
    return List.of(model(1, sizeMultiple, (image, y, x, m) -> image.at(y, x, 0)));
  }

  @Override
  public float[] predict(float[] values, int n, int height, int width) {
    if (n != 1
        || height % sizeMultiple != 0
        || width % sizeMultiple != 0
        || values.length != height * width * inputChannels) {
      throw new IllegalArgumentException(height + " x " + width + ": " + values.length);
    }
    Image image = new Image(values, height, width, inputChannels);
    float[] result = new float[height * width * outputs];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int m = 0; m < outputs; m++) {
          result[(y * width + x) * outputs + m] = maps.at(image, y, x, m);
        }
      }
    }
    return result;
  }

  @Override
  public void close() {}
}
