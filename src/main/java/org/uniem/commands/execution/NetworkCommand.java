package org.uniem.commands.execution;

import org.uniem.commands.parameters.CommandParameters;
import org.uniem.networks.TensorFlowRuntime;

/**
 * Base of the commands that run networks: takes device and threads from their parameters, and what
 * those leave open from what is set for all commands.
 *
 * <p>A subclass declares {@code device} and {@code threads} at their place in its dialog, with the
 * words of {@link org.uniem.commands.parameters.ParameterTexts}: SciJava lists the parameters of a
 * base class before those of the class itself, and these come last.
 */
public abstract class NetworkCommand extends UniEmCommand {

  @Override
  protected final boolean usesNetworks() {
    return true;
  }

  @Override
  protected final int threads() {
    int threads = givenThreads();
    return threads == 0 ? super.threads() : threads;
  }

  /** TensorFlow on the device that the parameters ask for. */
  protected final TensorFlowRuntime tensorFlow() {
    String device = (String) CommandParameters.get(this, "device");
    int threads = givenThreads();
    return new TensorFlowRuntime(
        device.equals("auto") ? settings().device() : device,
        threads == 0 ? settings().threads() : threads);
  }

  private int givenThreads() {
    return (int) CommandParameters.get(this, "threads");
  }
}
