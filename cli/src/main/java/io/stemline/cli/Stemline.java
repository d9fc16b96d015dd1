package io.stemline.cli;

import io.stemline.cli.terminal.Terminal.Manner;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: {@value #ALL_WELL} all well, {@value #SOMETHING_FAILED} a track failed or the command could
 * not do its work, {@value #WRONG_USE} wrong use.
 */
@Command(
        name = "stemline",
        version = "stemline " + Stemline.VERSION,
        description = "Turns recorded music into stems.",
        header = {"", "@|bold stemline|@ - catalogues of music in, stems out", ""},
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline run ~/Music/album            separate a folder",
            "  stemline separate song.mp3 -o stems   separate one file, quickly",
            "  stemline demo songs                   make songs to try things with",
            "  stemline evaluate songs stems         score stems against true ones",
            "",
            "Exit codes: 0 all well, 1 some track failed, 2 wrong use.",
            "'stemline COMMAND --help' says more about a command."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            SeparateCommand.class,
            EvaluateCommand.class,
            OracleCommand.class,
            ReportCommand.class,
            StudyCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            SubmitCommand.class,
            ReseparateCommand.class,
            DeadLettersCommand.class,
            ModelsCommand.class,
            ReferencesCommand.class,
            DatasetsCommand.class,
            RetrainCommand.class,
            RequestsCommand.class,
            RunsCommand.class,
            LineageCommand.class,
            KeysCommand.class,
            ConfigCommand.class,
            TrainCommand.class,
            TestCommand.class,
            MixCommand.class,
            DevicesCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            CompletionCommand.class
        })
public final class Stemline implements Runnable {

    static final String VERSION = "0.1.0";

    static final int ALL_WELL = 0;
    static final int SOMETHING_FAILED = 1;
    static final int WRONG_USE = 2;

    private static final String OWN_EXCEPTIONS = "io.stemline.";

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(execute(System.out, System.err, arguments));
    }

    /** Runs a command and returns its exit code. */
    static int execute(OutputStream out, OutputStream err, String... arguments) {
        return commandLine().setOut(writer(out)).setErr(writer(err)).execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Stemline())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
                .setParameterExceptionHandler(Stemline::misused)
                .setExecutionExceptionHandler(Stemline::failed);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static Ansi ansi() {
        var manner = Manner.ofProcess(false);
        return manner.outIsTerminal() && manner.coloured() ? Ansi.ON : Ansi.OFF;
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new PrintStream(stream, false, StandardCharsets.UTF_8), true, StandardCharsets.UTF_8);
    }

    private static int misused(ParameterException e, String[] arguments) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String problem = e.getMessage().lines().findFirst().orElse("");
        e.getCommandLine().getErr().printf("%s: %s%nSee '%s --help'.%n", command, problem, command);
        e.getCommandLine().getErr().flush();
        return WRONG_USE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        if (Interruption.isUnderWay()) {
            return SOMETHING_FAILED;
        }
        PrintWriter err = command.getErr();
        if (parsed.expandedArgs().contains("--debug")) {
            e.printStackTrace(err);
        } else {
            err.println(command.getCommandSpec().qualifiedName() + ": " + sentence(e));
        }
        err.flush();
        return e instanceof CommandFailure failure ? failure.exitCode() : SOMETHING_FAILED;
    }

    private static String sentence(Exception e) {
        return e.getClass().getName().startsWith(OWN_EXCEPTIONS)
                ? e.getMessage()
                : "something went wrong that nobody foresaw (" + e + "); --debug shows where";
    }
}
