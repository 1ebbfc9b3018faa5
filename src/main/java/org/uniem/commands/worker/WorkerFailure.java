package org.uniem.commands.worker;

import java.util.ArrayList;
import java.util.List;
import org.uniem.commands.worker.WorkerMessage.Kind;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.OutputException;
import org.uniem.job.ResourceException;
import org.uniem.job.UniemException;

/** Carries a failure from a worker to Fiji, where it is thrown again as what it was. */
final class WorkerFailure {

  private static final int ELEMENT_PARTS = 4;

  private WorkerFailure() {}

  /** The failure as a message. */
  static WorkerMessage message(Throwable failure) {
    if (failure instanceof UniemException) {
      return new WorkerMessage(
          Kind.REFUSED, failure.getClass().getSimpleName(), failure.getMessage());
    }
    List<String> fields = new ArrayList<>();
    fields.add(failure.toString());
    for (StackTraceElement element : failure.getStackTrace()) {
      fields.add(
          String.join(
              "|",
              element.getClassName(),
              element.getMethodName(),
              String.valueOf(element.getFileName()),
              String.valueOf(element.getLineNumber())));
    }
    return new WorkerMessage(Kind.FAILED, List.copyOf(fields));
  }

  /** The failure of a message, to be thrown. */
  static RuntimeException failure(WorkerMessage message) {
    if (message.kind() == Kind.FAILED) {
      IllegalStateException failure =
          new IllegalStateException("In the network process: " + message.field(0));
      failure.setStackTrace(
          message.fields().stream()
              .skip(1)
              .map(WorkerFailure::element)
              .toArray(StackTraceElement[]::new));
      return failure;
    }
    String text = message.field(1);
    return switch (message.field(0)) {
      case "BadInputException" -> new BadInputException(text);
      case "BadParameterException" -> new BadParameterException(text);
      case "OutputException" -> new OutputException(text);
      case "ResourceException" -> new ResourceException(text);
      default -> new IllegalStateException(message.field(0) + ": " + text);
    };
  }

  private static StackTraceElement element(String text) {
    String[] parts = text.split("\\|", ELEMENT_PARTS);
    return new StackTraceElement(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
  }
}
