package org.uniem.commands.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.uniem.commands.worker.WorkerMessage.Kind;
import org.uniem.job.ProgressListener;
import org.uniem.job.ResourceException;

/**
 * Runs one command in a Java of its own and waits for it: progress, messages, cancel, result and
 * failures go through its pipes.
 *
 * <p>A cancel returns within a second, even if the worker is busy in native code: it is then left
 * to itself and ended by force after ten more. Thread-safe; used once.
 */
public final class WorkerProcess {

  private static final long POLL_MILLIS = 20;
  private static final Duration CANCEL_WAIT = Duration.ofMillis(600);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final WorkerJvm worker;
  private final ProgressListener listener;
  private final BlockingQueue<WorkerMessage> outcome = new ArrayBlockingQueue<>(1);
  private volatile boolean started;

  private WorkerProcess(WorkerJvm worker, ProgressListener listener) {
    this.worker = worker;
    this.listener = listener;
  }

  /**
   * Runs a command to its end.
   *
   * @param main class whose main method answers through a {@link WorkerChannel}
   * @param type class of the command
   * @param command what to do
   * @param listener receives the worker's progress and messages
   * @param cancelled whether the user has cancelled; asked every few milliseconds
   * @return path of the main result
   * @throws CancellationException if it was cancelled, or the calling thread interrupted
   * @throws ResourceException if the worker cannot be started or ends before its work; one sentence
   * @throws org.uniem.job.UniemException what the command throws, of the same type and message
   */
  public static Path run(
      Class<?> main,
      Class<?> type,
      WorkerCommand command,
      ProgressListener listener,
      BooleanSupplier cancelled) {
    WorkerJvm worker =
        WorkerJvm.start(main, WorkerClassPath.find(main, type), command.settings().heapMegabytes());
    WorkerProcess process = new WorkerProcess(worker, listener);
    try {
      return process.await(command, cancelled);
    } finally {
      worker.end(GRACE, GRACE);
    }
  }

  private Path await(WorkerCommand command, BooleanSupplier cancelled) {
    Thread reader = new Thread(this::readAnswers, "uniem-network-process-answers");
    reader.setDaemon(true);
    reader.start();
    send(command.message());
    try {
      Optional<WorkerMessage> end = Optional.empty();
      while (!cancelled.getAsBoolean()) {
        end = poll(POLL_MILLIS);
        if (end.isPresent()) {
          return result(end.get());
        }
      }
      send(new WorkerMessage(Kind.CANCEL));
      end = poll(CANCEL_WAIT.toMillis());
      if (end.isPresent() && end.get().kind() == Kind.DONE) {
        return result(end.get());
      }
    } catch (InterruptedException e) {
      send(new WorkerMessage(Kind.CANCEL));
      Thread.currentThread().interrupt();
    }
    throw new CancellationException("Cancelled.");
  }

  private Optional<WorkerMessage> poll(long millis) throws InterruptedException {
    return Optional.ofNullable(outcome.poll(millis, TimeUnit.MILLISECONDS));
  }

  private Path result(WorkerMessage end) {
    return switch (end.kind()) {
      case DONE -> Path.of(end.field(0));
      case CANCELLED -> throw new CancellationException("Cancelled.");
      case ENDED -> throw worker.explainEnd(started);
      default -> throw WorkerFailure.failure(end);
    };
  }

  private void send(WorkerMessage message) {
    try {
      OutputStream orders = worker.orders();
      orders.write((message.line() + "\n").getBytes(StandardCharsets.UTF_8));
      orders.flush();
    } catch (IOException e) {
      // The worker has ended; its answers end too, and that is what is explained.
      worker.log("(" + e.getMessage() + ")");
    }
  }

  private void readAnswers() {
    try (BufferedReader answers =
        new BufferedReader(new InputStreamReader(worker.answers(), StandardCharsets.UTF_8))) {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        Optional<WorkerMessage> message = WorkerMessage.parse(line);
        if (message.isEmpty()) {
          worker.log(line);
        } else {
          take(message.get());
        }
      }
    } catch (IOException e) {
      worker.log("(" + e.getMessage() + ")");
    } finally {
      // Refused where the outcome is known already.
      outcome.offer(new WorkerMessage(Kind.ENDED));
    }
  }

  private void take(WorkerMessage message) {
    switch (message.kind()) {
      case READY -> started = true;
      case PROGRESS ->
          listener.progress(
              message.field(0),
              Long.parseLong(message.field(1)),
              Long.parseLong(message.field(2)),
              message.field(3));
      case DEVICE -> listener.device(message.field(0));
      case MESSAGE -> listener.message(message.field(0));
      default -> outcome.offer(message);
    }
  }
}
