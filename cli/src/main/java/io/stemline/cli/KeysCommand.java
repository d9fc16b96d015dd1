package io.stemline.cli;

import io.stemline.cli.catalogue.Keys;
import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys for a stack that is not open. */
@Command(
        name = "keys",
        description = "Makes, lists and revokes keys to the API and the console.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline keys add anna --role viewer",
            "  stemline keys list",
            "  stemline keys revoke anna",
            "",
            "A stack needs keys where STEMLINE_ADMIN_KEY is set as it starts; that is the first of them. Commands",
            "send the key that stands in STEMLINE_KEY."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {KeysCommand.AddCommand.class, KeysCommand.ListCommand.class, KeysCommand.RevokeCommand.class})
final class KeysCommand extends CommandGroup {

    KeysCommand() {
        super("say what to do: add, list or revoke");
    }

    /** What a key opens. */
    enum Role {
        VIEWER,
        OPERATOR,
        ADMIN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Makes one. */
    @Command(
            name = "add",
            description = "Makes a key and prints it. It is not told again.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline keys add anna --role operator",
            mixinStandardHelpOptions = true)
    static final class AddCommand implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "Who or what it is for.")
        private String name;

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description =
                        "What it opens: ${COMPLETION-CANDIDATES}. A viewer reads and listens, an operator also submits, retries and promotes, an admin also makes keys.")
        private Role role;

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            try (var catalogue = stack.catalogue()) {
                Keys.Made made = new Keys(catalogue).add(name, role.toString());
                common.print(() -> made, style -> made.key());
                return Stemline.ALL_WELL;
            }
        }
    }

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists the keys by name, without the keys themselves.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline keys list --json",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            try (var catalogue = stack.catalogue()) {
                List<Keys.Key> keys = new Keys(catalogue).all();
                common.print(() -> keys, style -> render(keys, style));
                return Stemline.ALL_WELL;
            }
        }

        private static String render(List<Keys.Key> keys, Style style) {
            if (keys.isEmpty()) {
                return "There are no keys; 'stemline keys add' makes one.";
            }
            var table = Table.of("name", "role", "since");
            keys.forEach(key -> table.row(key.name(), key.role(), LearningTexts.time(key.createdAt())));
            return table.render(style);
        }
    }

    /** Revokes one. */
    @Command(
            name = "revoke",
            description = "Revokes a key; browsers that logged in with it are out, too.",
            footerHeading = "%nExamples:%n",
            footer = "  stemline keys revoke anna",
            mixinStandardHelpOptions = true)
    static final class RevokeCommand implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "As 'stemline keys list' shows it.")
        private String name;

        @Mixin
        private StackOption stack;

        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() {
            try (var catalogue = stack.catalogue()) {
                new Keys(catalogue).revoke(name);
                common.print(() -> Map.of("revoked", name), style -> "Revoked: " + name);
                return Stemline.ALL_WELL;
            }
        }
    }
}
