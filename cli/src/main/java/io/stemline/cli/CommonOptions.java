package io.stemline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Terminal;
import io.stemline.cli.terminal.Terminal.Manner;
import io.stemline.cli.terminal.Texts;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has. */
final class CommonOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--debug", description = "On an error, show where it happened.", hidden = true)
    private boolean debug;

    Terminal terminal() {
        return new Terminal(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                Manner.ofProcess(quiet || json && !isWatched()));
    }

    /** Prints a command's result, as JSON or as text for people, whichever was asked for. */
    void print(Supplier<Object> asJson, Function<Style, String> asText) {
        Terminal terminal = terminal();
        if (json) {
            terminal.print(toJson(asJson.get()));
        } else if (!quiet) {
            terminal.print(asText.apply(terminal.resultStyle()));
        }
    }

    /** Says what went wrong with parts of the work where the result, which tells it too, is not printed. */
    void complainIfQuiet(List<String> failures) {
        if (quiet && !json) {
            failures.forEach(failure -> terminal().complain(Texts.harmless(failure)));
        }
    }

    private static boolean isWatched() {
        return Manner.ofProcess(false).errIsTerminal();
    }

    private static String toJson(Object result) {
        try {
            return JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is not writable as JSON", e);
        }
    }
}
