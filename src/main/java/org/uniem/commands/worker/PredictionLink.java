package org.uniem.commands.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.uniem.commands.worker.PredictionFrame.Kind;
import org.uniem.job.ResourceException;

/** One running {@link PredictionServer} and the questions it has not answered. Thread-safe. */
final class PredictionLink {

  private static final int BUFFER = 1 << 16;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final WorkerJvm worker;
  private final DataOutputStream questions;
  private final Map<Long, CompletableFuture<PredictionFrame>> open = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private volatile RuntimeException end;

  private PredictionLink(WorkerJvm worker) {
    this.worker = worker;
    this.questions = new DataOutputStream(new BufferedOutputStream(worker.orders(), BUFFER));
  }

  /**
   * Starts a server.
   *
   * @throws ResourceException if it cannot be started
   */
  static PredictionLink start(ComputeSettings settings) {
    WorkerJvm worker =
        WorkerJvm.start(
            PredictionServer.class,
            WorkerClassPath.find(PredictionServer.class),
            settings.heapMegabytes(),
            settings.device(),
            String.valueOf(settings.threads()));
    PredictionLink link = new PredictionLink(worker);
    Thread reader = new Thread(link::readAnswers, "uniem-prediction-answers");
    reader.setDaemon(true);
    reader.start();
    return link;
  }

  /** Whether it takes questions. */
  boolean isAlive() {
    return end == null && worker.isAlive();
  }

  long pid() {
    return worker.pid();
  }

  PredictionFrame open(String folder) {
    return ask(PredictionFrame.text(Kind.OPEN, count.incrementAndGet(), folder));
  }

  PredictionFrame predict(float[] image, int batch, int height, int width) {
    return ask(
        new PredictionFrame(
            Kind.PREDICT, count.incrementAndGet(), "", batch, height, width, image));
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws ResourceException if the server ends before; one sentence
   * @throws CancellationException if the calling thread is interrupted
   * @throws org.uniem.job.UniemException what the server throws, of the same type and message
   */
  private PredictionFrame ask(PredictionFrame question) {
    CompletableFuture<PredictionFrame> answer = new CompletableFuture<>();
    open.put(question.id(), answer);
    try {
      send(question);
      if (end != null) {
        // Put too late for the reader to see it.
        answer.completeExceptionally(end);
      }
      return result(answer.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Cancelled.");
    } catch (ExecutionException e) {
      // Thrown anew, so that each thread has a trace of its own.
      throw new ResourceException(e.getCause().getMessage(), e.getCause());
    } finally {
      open.remove(question.id());
    }
  }

  private static PredictionFrame result(PredictionFrame answer) {
    if (answer.kind() == Kind.DONE) {
      return answer;
    }
    throw WorkerFailure.failure(
        WorkerMessage.parse(answer.text())
            .orElseThrow(() -> new IllegalStateException(answer.text())));
  }

  private void send(PredictionFrame question) {
    synchronized (questions) {
      try {
        question.write(questions);
      } catch (IOException e) {
        // The server has ended; its answers end too, and that is what is explained.
        worker.log("(" + e.getMessage() + ")");
      }
    }
  }

  private void readAnswers() {
    boolean answered = false;
    try (DataInputStream answers =
        new DataInputStream(new BufferedInputStream(worker.answers(), BUFFER))) {
      while (true) {
        PredictionFrame answer = PredictionFrame.read(answers);
        answered = true;
        CompletableFuture<PredictionFrame> waiting = open.get(answer.id());
        if (waiting != null) {
          waiting.complete(answer);
        }
      }
    } catch (IOException e) {
      if (e.getMessage() != null) {
        worker.log("(" + e.getMessage() + ")");
      }
    } finally {
      explain(answered);
      open.values().forEach(waiting -> waiting.completeExceptionally(end));
    }
  }

  private void explain(boolean answered) {
    if (end == null) {
      end = worker.explainEnd(answered);
    }
  }

  /** Ends the server; returns at once. Questions under way are cancelled. */
  void close() {
    end = new CancellationException("Closed.");
    open.values().forEach(waiting -> waiting.completeExceptionally(end));
    worker.end(Duration.ZERO, GRACE);
  }
}
