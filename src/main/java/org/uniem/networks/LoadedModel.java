package org.uniem.networks;

import java.util.Locale;
import org.uniem.job.BadInputException;

/**
 * A network and how to feed it. The network gives one map per class; an architecture may have more
 * outputs inside, such as background beside the only class.
 *
 * @param description what the images must be turned to and what the maps mean
 * @param network agrees with the description; closed by whoever loaded it
 */
public record LoadedModel(ModelDescription description, PatchNetwork network) {

  public LoadedModel {
    int channels = description.networkInputChannels();
    if (network.inputChannels() != channels
        || network.outputs() != description.classes().size()
        || network.sizeMultiple() != description.sizeMultiple()) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Model \"%s\" does not match its description: the network takes %d channels in"
                  + " multiples of %d and gives %d maps, described are %d, %d and %d. The model"
                  + " folder is damaged: export or train the model again.",
              description.name(),
              network.inputChannels(),
              network.sizeMultiple(),
              network.outputs(),
              channels,
              description.sizeMultiple(),
              description.classes().size()));
    }
  }
}
