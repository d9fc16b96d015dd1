package io.stemline.cli;

import io.stemline.cli.catalogue.DeadLetter;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.cli.terminal.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Work that was given up: looking at it, and trying it again. */
@Command(
        name = "dead-letters",
        description = "Lists, shows and retries work that was given up.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline dead-letters list",
            "  stemline dead-letters show ID",
            "  stemline dead-letters retry --all"
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersCommand.ListCommand.class,
            DeadLettersCommand.ShowCommand.class,
            DeadLettersCommand.RetryCommand.class
        })
final class DeadLettersCommand extends CommandGroup {

    private static final int AT_MOST = 1000;

    DeadLettersCommand() {
        super("say what to do: list, show or retry");
    }

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists dead letters that nobody has dealt with yet, newest first.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline dead-letters list --json",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            try (var catalogue = stack.catalogue()) {
                List<DeadLetter> letters = catalogue.deadLetters(AT_MOST);
                common.print(() -> letters, style -> render(letters, style));
                return Stemline.ALL_WELL;
            }
        }

        private static String render(List<DeadLetter> letters, Style style) {
            if (letters.isEmpty()) {
                return "There are no dead letters.";
            }
            var table = Table.of("id", "service", ">attempt", "track", "reason");
            for (DeadLetter letter : letters) {
                table.row(
                        letter.id(),
                        letter.service(),
                        Integer.toString(letter.attempt()),
                        letter.name().orElse(""),
                        letter.reason());
            }
            return table.render(style);
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            description = "Shows a dead letter with its event and its stack trace.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline dead-letters show ID",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "As 'stemline dead-letters list' shows it.")
        private String id;

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            try (var catalogue = stack.catalogue()) {
                DeadLetter letter = catalogue.deadLetter(id);
                common.print(() -> letter, style -> render(letter, style));
                return Stemline.ALL_WELL;
            }
        }

        private static String render(DeadLetter letter, Style style) {
            var lines = new ArrayList<String>();
            lines.add(style.strong(Texts.harmless(letter.reason())));
            lines.add("");
            lines.add("track     " + Texts.harmless(letter.name().orElse("(none)")));
            lines.add("service   " + letter.service() + ", attempt " + letter.attempt());
            lines.add("topic     " + letter.topic());
            lines.add("event     " + Texts.harmless(letter.eventId().orElse("(none)")));
            lines.add("since     " + letter.createdAt());
            letter.retriedAt().ifPresent(instant -> lines.add("retried   " + instant));
            lines.add("");
            lines.add(Texts.harmless(letter.value()));
            lines.add("");
            letter.stack().lines().map(Texts::harmless).map(style::faint).forEach(lines::add);
            return String.join(System.lineSeparator(), lines);
        }
    }

    /** Tries them again. */
    @Command(
            name = "retry",
            description = "Sends dead letters on their way again.",
            footerHeading = "%nExamples:%n",
            footer = {"  stemline dead-letters retry ID", "  stemline dead-letters retry --all"},
            mixinStandardHelpOptions = true)
    static final class RetryCommand implements Callable<Integer> {

        @ArgGroup(multiplicity = "1")
        private Which which;

        private static final class Which {

            @Parameters(arity = "1..*", paramLabel = "ID", description = "As 'stemline dead-letters list' shows them.")
            private List<String> ids = List.of();

            @Option(names = "--all", description = "All that nobody has dealt with yet.")
            private boolean all;
        }

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            try (var catalogue = stack.catalogue()) {
                List<String> ids = which.all
                        ? catalogue.deadLetters(AT_MOST).stream()
                                .map(DeadLetter::id)
                                .toList()
                        : which.ids;
                ids.forEach(catalogue::retry);
                common.print(() -> Map.of("retried", ids), style -> "Sent on their way again: " + ids.size());
                return Stemline.ALL_WELL;
            }
        }
    }
}
