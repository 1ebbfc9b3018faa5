package org.uniem.networks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.UniemException;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.ModelDescription.WeightsFile;

/**
 * A model as a folder: {@code model.json} and the weights file it names, with size and checksum.
 *
 * <p>Data only; nothing in it is executed. Immutable and thread-safe.
 *
 * @param description what {@code model.json} says
 * @param weights the weights, checked against it
 */
public record ModelFolder(ModelDescription description, Weights weights) {

  /** Name of the description's file. */
  public static final String DESCRIPTION_FILE = "model.json";

  private static final String OWN_WEIGHTS = "weights-[0-9a-f]{16}\\.safetensors";
  private static final String NEW_WEIGHTS = "weights-new.safetensors";
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .create();

  /**
   * Saves a model whole or not at all. A model already in the folder stays valid until the new one
   * is complete, and is then replaced; other files are left alone.
   *
   * @param folder created if it does not exist
   * @param description its weights entry is ignored
   * @param weights the weights
   * @return the description as written, with the name and checksum of the weights file
   * @throws OutputException if the folder cannot be written
   */
  public static ModelDescription save(Path folder, ModelDescription description, Weights weights) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot create model folder " + folder + ": " + WholeFile.reason(e) + ".", e);
    }
    Path fresh = folder.resolve(NEW_WEIGHTS);
    Path file = null;
    try {
      Safetensors.write(fresh, weights);
      String sha256 = sha256(fresh);
      // Named after its content, so it never replaces the file the present model.json points to.
      String name = "weights-" + sha256.substring(0, 16) + ".safetensors";
      WeightsFile entry = new WeightsFile(name, sha256, Files.size(fresh));
      ModelDescription complete = description.toBuilder().weights(entry).build();
      boolean known = Files.exists(folder.resolve(name));
      Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      file = known ? null : folder.resolve(name);
      WholeFile.writeText(folder.resolve(DESCRIPTION_FILE), GSON.toJson(complete) + "\n");
      file = null;
      deleteOlderWeights(folder, name);
      return complete;
    } catch (IOException e) {
      throw new OutputException(
          "Cannot save the model in " + folder + ": " + WholeFile.reason(e) + ".", e);
    } finally {
      deleteUnused(fresh, file);
    }
  }

  /** After a failure, deletes weights that no description names. */
  private static void deleteUnused(Path... files) {
    for (Path file : files) {
      if (file != null) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw new OutputException(
              "Cannot delete unused weights " + file + ": " + WholeFile.reason(e) + ".", e);
        }
      }
    }
  }

  /**
   * Reads a model and checks it.
   *
   * @param folder the model folder
   * @throws BadInputException if anything is missing, damaged or of a newer format; says what
   */
  public static ModelFolder open(Path folder) {
    ModelDescription description = describe(folder);
    WeightsFile expected = description.weights();
    Path file = folder.resolve(expected.file());
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          "Model folder "
              + folder
              + " lacks its weights file "
              + expected.file()
              + ". Copy the folder again.");
    }
    try {
      long bytes = Files.size(file);
      if (bytes != expected.bytes()) {
        throw new BadInputException(
            "Weights file "
                + file
                + (bytes < expected.bytes() ? " is truncated: " : " is too long: ")
                + "expected "
                + expected.bytes()
                + " bytes, found "
                + bytes
                + ". Copy the folder again.");
      }
      String sha256 = sha256(file);
      if (!sha256.equals(expected.sha256())) {
        throw new BadInputException(
            "Weights file "
                + file
                + " is damaged: expected checksum "
                + expected.sha256()
                + ", found "
                + sha256
                + ". Copy the folder again.");
      }
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
    }
    return new ModelFolder(description, Safetensors.read(file));
  }

  /**
   * Reads only {@code model.json}.
   *
   * @param folder the model folder
   * @throws BadInputException if it is missing, malformed or of a newer format
   */
  public static ModelDescription describe(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "Model folder " + folder + " does not exist. Check the path of the model.");
    }
    Path file = folder.resolve(DESCRIPTION_FILE);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          "Folder "
              + folder
              + " is not a model: it has no "
              + DESCRIPTION_FILE
              + ". Give a folder made by train-network, or copy it again.");
    }
    try {
      return parse(file, Files.readString(file));
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + file + ": " + WholeFile.reason(e) + ".", e);
    }
  }

  private static ModelDescription parse(Path file, String json) {
    try {
      checkVersion(GSON.fromJson(json, JsonElement.class));
      ModelDescription description = GSON.fromJson(json, ModelDescription.class);
      if (description.weights() == null) {
        throw new BadInputException("weights is missing: expected file, sha256 and bytes.");
      }
      return description;
    } catch (JsonParseException e) {
      // Gson's own words name the line, the column and the path inside the document.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BadInputException(
          file + " is not valid JSON: " + firstSentence(cause) + ". Copy the folder again.", e);
    } catch (RuntimeException e) {
      throw new BadInputException(
          file + " does not describe a model: " + reason(e).getMessage(), e);
    }
  }

  private static void checkVersion(JsonElement json) {
    boolean object = json != null && json.isJsonObject();
    JsonElement version = object ? json.getAsJsonObject().get("formatVersion") : null;
    if (version == null || !version.isJsonPrimitive()) {
      throw new BadInputException(
          "formatVersion is missing. Give a folder made by train-network, or copy it again.");
    }
    if (version.getAsInt() > ModelDescription.FORMAT_VERSION) {
      throw new BadInputException(
          "it was made by a newer version (formatVersion "
              + version.getAsInt()
              + ", known up to "
              + ModelDescription.FORMAT_VERSION
              + "). Update UNI-EM.");
    }
  }

  private static String firstSentence(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.lines().findFirst().orElse(message).replaceAll("\\.$", "");
  }

  /** Gson wraps what a record's constructor throws; the innermost of ours says what is wrong. */
  private static Throwable reason(RuntimeException e) {
    Throwable reason = e;
    while (!(reason instanceof UniemException) && reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason;
  }

  private static void deleteOlderWeights(Path folder, String current) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "weights-*.safetensors")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.matches(OWN_WEIGHTS) && !name.equals(current)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
