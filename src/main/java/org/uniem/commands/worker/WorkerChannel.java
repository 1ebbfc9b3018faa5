package org.uniem.commands.worker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.uniem.commands.worker.WorkerMessage.Kind;
import org.uniem.job.ProgressListener;

/**
 * The worker's side of the pipes: receives the command and a cancel, sends progress and the
 * outcome. Thread-safe.
 *
 * <p>When the parent has closed the pipe or has died, the command is cancelled and the worker ends
 * a few seconds later at the most.
 */
public final class WorkerChannel implements ProgressListener {

  private static final long NANOS_BETWEEN_REPORTS = 50_000_000L;

  private final BufferedReader orders;
  private final OutputStream answers;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private String stage = "";
  private long lastReport;

  private WorkerChannel(BufferedReader orders, OutputStream answers) {
    this.orders = orders;
    this.answers = answers;
  }

  /**
   * Takes over this process's standard input and output; what anybody prints from now on goes to
   * the error stream. Called once, first of all.
   */
  public static WorkerChannel open() {
    OutputStream answers = takeOutput();
    return new WorkerChannel(
        new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
        answers);
  }

  /** Standard output, to which nobody else writes from now on: it goes to the error stream. */
  static OutputStream takeOutput() {
    OutputStream answers = new FileOutputStream(FileDescriptor.out);
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    Lifeline.preferForMemoryShortage();
    return answers;
  }

  /**
   * Waits for the command.
   *
   * @throws IOException if the parent is gone before
   */
  public WorkerCommand command() throws IOException {
    send(new WorkerMessage(Kind.READY));
    String line = orders.readLine();
    Optional<WorkerMessage> message = line == null ? Optional.empty() : WorkerMessage.parse(line);
    return message
        .map(WorkerCommand::of)
        .orElseThrow(() -> new IOException("expected a command, found " + line));
  }

  /**
   * Begins to listen for a cancel.
   *
   * @param cancel called once when the user cancels or the parent is gone
   */
  public void onCancel(Runnable cancel) {
    Thread canceller = new Thread(() -> awaitCancel(cancel), "uniem-cancel");
    canceller.setDaemon(true);
    canceller.start();
    Lifeline lifeline = new Lifeline(cancelled::countDown);
    Thread listener = new Thread(() -> listen(lifeline), "uniem-orders");
    listener.setDaemon(true);
    listener.start();
    lifeline.watchParent();
  }

  private void awaitCancel(Runnable cancel) {
    try {
      cancelled.await();
      cancel.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(Lifeline lifeline) {
    try {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        if (WorkerMessage.parse(line).map(WorkerMessage::kind).equals(Optional.of(Kind.CANCEL))) {
          cancelled.countDown();
        }
      }
      lifeline.cut();
    } catch (IOException e) {
      lifeline.cut();
    }
  }

  @Override
  public void progress(String name, long done, long total, String unit) {
    if (isWorthSending(name, total >= 0 && done >= total)) {
      send(
          new WorkerMessage(
              Kind.PROGRESS, name, String.valueOf(done), String.valueOf(total), unit));
    }
  }

  private synchronized boolean isWorthSending(String name, boolean last) {
    long now = System.nanoTime();
    if (name.equals(stage) && !last && now - lastReport < NANOS_BETWEEN_REPORTS) {
      return false;
    }
    stage = name;
    lastReport = now;
    return true;
  }

  @Override
  public void message(String message) {
    send(new WorkerMessage(Kind.MESSAGE, message));
  }

  @Override
  public void device(String name) {
    send(new WorkerMessage(Kind.DEVICE, name));
  }

  /** Sends the path of the main result. */
  public void done(Path result) {
    send(new WorkerMessage(Kind.DONE, result.toString()));
  }

  /** Says that the command was cancelled. */
  public void cancelled() {
    send(new WorkerMessage(Kind.CANCELLED));
  }

  /** Sends why the command failed. */
  public void failed(Throwable failure) {
    send(WorkerFailure.message(failure));
  }

  private synchronized void send(WorkerMessage message) {
    try {
      answers.write((message.line() + "\n").getBytes(StandardCharsets.UTF_8));
      answers.flush();
    } catch (IOException e) {
      // Nobody listens any more: stop as if the user had cancelled.
      cancelled.countDown();
    }
  }
}
