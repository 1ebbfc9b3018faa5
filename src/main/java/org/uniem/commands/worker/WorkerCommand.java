package org.uniem.commands.worker;

import java.util.ArrayList;
import java.util.List;

/**
 * What a worker is asked to do.
 *
 * @param type class of the command; its jar joins the worker's class path
 * @param parameters {@code name=value}, as on the command line; paths are absolute
 * @param settings device and threads where the parameters leave them open, and the memory
 */
public record WorkerCommand(String type, List<String> parameters, ComputeSettings settings) {

  private static final int FIRST_PARAMETER = 3;

  WorkerMessage message() {
    List<String> fields = new ArrayList<>();
    fields.add(type);
    fields.add(settings.device());
    fields.add(String.valueOf(settings.threads()));
    fields.addAll(parameters);
    return new WorkerMessage(WorkerMessage.Kind.RUN, List.copyOf(fields));
  }

  static WorkerCommand of(WorkerMessage message) {
    return new WorkerCommand(
        message.field(0),
        message.fields().subList(FIRST_PARAMETER, message.fields().size()),
        new ComputeSettings(message.field(1), Integer.parseInt(message.field(2)), 0));
  }
}
