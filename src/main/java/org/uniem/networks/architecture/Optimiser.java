package org.uniem.networks.architecture;

/**
 * Constants of Adam that suit an architecture.
 *
 * @param learningRate at its highest
 * @param cosine whether it falls along half a cosine towards the end; else it stays
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param weightDecay decoupled, per unit of learning rate
 * @param averageDecay of the moving average of weights that becomes the model; 0 = the last weights
 */
public record Optimiser(
    double learningRate,
    boolean cosine,
    double beta1,
    double beta2,
    double weightDecay,
    double averageDecay) {

  /** UNI-EM's: Urakubo et al. 2019, doi 10.1038/s41598-019-55431-0. */
  public static final Optimiser PAPERS = new Optimiser(2e-4, false, 0.5, 0.999, 0, 0);
}
