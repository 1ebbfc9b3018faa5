package org.uniem.commands.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.uniem.commands.worker.PredictionFrame.Kind;
import org.uniem.job.BadInputException;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.PatchNetwork;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.inference.TensorFlowNetwork;

/**
 * The main class of a process that predicts blocks with one model as long as it is asked to; see
 * {@link PredictionClient}. Ends when its input closes.
 */
public final class PredictionServer {

  private static final int BUFFER = 1 << 16;

  /** While one question is computed the next is read and the last answered. */
  private static final int THREADS = 2;

  private final String device;
  private final int threads;
  private final DataOutputStream answers;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private PatchNetwork network;

  private PredictionServer(String device, int threads, OutputStream answers) {
    this.device = device;
    this.threads = threads;
    this.answers = new DataOutputStream(new BufferedOutputStream(answers, BUFFER));
  }

  /**
   * Serves.
   *
   * @param args device and threads
   */
  public static void main(String[] args) {
    OutputStream answers = WorkerChannel.takeOutput();
    new Lifeline(PredictionServer::halt).watchParent();
    new PredictionServer(args[0], Integer.parseInt(args[1]), answers).serve();
    halt();
  }

  private static void halt() {
    Runtime.getRuntime().halt(0);
  }

  private void serve() {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (DataInputStream questions =
        new DataInputStream(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER))) {
      while (true) {
        PredictionFrame question = PredictionFrame.read(questions);
        pool.execute(() -> answer(question));
      }
    } catch (IOException e) {
      // The client has gone or closed the pipe: the normal end.
      pool.shutdownNow();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Ends this Java, which would go on without reading: the client explains it by the last line. */
  private static void fail(Throwable e) {
    Thread thread = Thread.currentThread();
    thread.getThreadGroup().uncaughtException(thread, e);
    Runtime.getRuntime().halt(1);
  }

  private void answer(PredictionFrame question) {
    PredictionFrame answer;
    try {
      answer = question.kind() == Kind.OPEN ? open(question) : predict(question);
    } catch (RuntimeException | Error e) {
      answer = PredictionFrame.text(Kind.FAILED, question.id(), WorkerFailure.message(e).line());
    }
    synchronized (answers) {
      try {
        answer.write(answers);
      } catch (IOException e) {
        halt();
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }
  }

  private PredictionFrame open(PredictionFrame question) {
    ModelFolder model = ModelFolder.open(Path.of(question.text()));
    TensorFlowRuntime runtime = new TensorFlowRuntime(device, threads);
    PatchNetwork fresh = new TensorFlowNetwork(model, runtime);
    lock.writeLock().lock();
    try {
      if (network != null) {
        network.close();
      }
      network = fresh;
    } finally {
      lock.writeLock().unlock();
    }
    return PredictionFrame.text(
        Kind.DONE,
        question.id(),
        model.description().weights().sha256() + " " + runtime.describe());
  }

  private PredictionFrame predict(PredictionFrame question) {
    lock.readLock().lock();
    try {
      if (network == null) {
        throw new BadInputException("No model is open.");
      }
      float[] values =
          network.predict(question.values(), question.batch(), question.height(), question.width());
      return new PredictionFrame(
          Kind.DONE,
          question.id(),
          "",
          question.batch(),
          question.height(),
          question.width(),
          values);
    } finally {
      lock.readLock().unlock();
    }
  }
}
