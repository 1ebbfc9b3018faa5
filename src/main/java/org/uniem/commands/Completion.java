package org.uniem.commands;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/**
 * Scripts that let a shell complete names of commands, of parameters and of their choices with the
 * tabulator key. Values that are paths are completed as files.
 */
final class Completion {

  private static final List<String> SHELLS = List.of("bash", "zsh");

  private static final String BASH =
      """
      # Completion of UNI-EM for bash: source <(scripts/uniem completion bash)
      _uniem() {
        local IFS=$' \n' word="${COMP_LINE:0:COMP_POINT}" names values
        word="${word##* }"
        local command="${COMP_WORDS[1]}"
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "@COMMANDS@" -- "$word"))
          return
        fi
        case "$word" in
          *=*)
            case "$command ${word%%=*}" in
      @VALUES@        *) COMPREPLY=($(compgen -f -- "${word#*=}")); compopt -o filenames 2>/dev/null; return ;;
            esac
            COMPREPLY=($(compgen -W "$values" -- "${word#*=}"))
            return ;;
        esac
        case "$command" in
      @NAMES@    *) return ;;
        esac
        COMPREPLY=($(compgen -W "$names" -- "$word"))
        compopt -o nospace 2>/dev/null
      }
      complete -F _uniem uniem scripts/uniem
      """;

  private static final String ZSH =
      """
      #compdef uniem
      # Completion of UNI-EM for zsh: source <(scripts/uniem completion zsh)
      _uniem() {
        local -a names values
        if (( CURRENT == 2 )); then
          compadd -- @COMMANDS@
          return
        fi
        if compset -P '*='; then
          case "$words[2] ${IPREFIX%=}" in
      @VALUES@      *) _files; return ;;
          esac
          compadd -- $=values
          return
        fi
        case "$words[2]" in
      @NAMES@    *) return ;;
        esac
        compadd -S '' -- $=names
      }
      compdef _uniem uniem
      """;

  private Completion() {}

  /**
   * The script for a shell.
   *
   * @param shell {@code bash} or {@code zsh}
   * @throws BadParameterException for others
   */
  static String script(String shell, CommandCatalog catalog) {
    if (!SHELLS.contains(shell)) {
      throw new BadParameterException(
          "There is no completion for '"
              + shell
              + "'. "
              + Spelling.suggest(shell, SHELLS)
              + "Give one of "
              + String.join(", ", SHELLS)
              + ".");
    }
    boolean bash = shell.equals("bash");
    List<String> first = new ArrayList<>(catalog.names());
    first.addAll(List.of("help", "--list", "--version"));
    return (bash ? BASH : ZSH)
        .replace("@COMMANDS@", String.join(" ", first))
        .replace("@VALUES@", bash ? values(catalog) : values(catalog).indent(-2))
        .replace("@NAMES@", names(catalog));
  }

  private static String values(CommandCatalog catalog) {
    StringBuilder cases = new StringBuilder();
    for (String command : catalog.names()) {
      for (CommandParameters.Input input : catalog.parameters(command)) {
        List<String> values = choices(input);
        if (!values.isEmpty()) {
          cases.append(
              String.format(
                  "        '%s %s') values='%s' ;;%n",
                  command, input.name(), String.join(" ", values)));
        }
      }
    }
    return cases.toString();
  }

  private static List<String> choices(CommandParameters.Input input) {
    return input.field().getType() == boolean.class
        ? List.of("true", "false")
        : Arrays.asList(input.annotation().choices());
  }

  private static String names(CommandCatalog catalog) {
    return catalog.names().stream()
        .map(
            command ->
                String.format(
                    "    %s) names='%s' ;;%n",
                    command,
                    catalog.parameters(command).stream()
                        .map(input -> input.name() + "=")
                        .collect(Collectors.joining(" "))))
        .collect(Collectors.joining());
  }
}
