package io.stemline.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** This program in a process of its own, with the same settings but for its memory. */
public final class ChildProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChildProcess() {}

    /**
     * Runs a command that prints a measurement, and waits for it.
     *
     * @param mainClass of this program
     * @param heap as {@code -Xmx} takes it
     * @param properties of the system, beside those that this process was started with
     * @param arguments of the command
     * @throws IOException with what the process had to say, if it fails
     */
    public static Measurement measure(
            Class<?> mainClass, String heap, Map<String, String> properties, List<String> arguments)
            throws IOException, InterruptedException {
        var log = Files.createTempFile("stemline-bench-", ".log");
        try {
            var process = new ProcessBuilder(command(mainClass, heap, properties, arguments))
                    .redirectError(Redirect.to(log.toFile()))
                    .start();
            try {
                byte[] answer = process.getInputStream().readAllBytes();
                if (process.waitFor() != 0) {
                    throw new IOException(lastLine(log));
                }
                return JSON.readValue(answer, Measurement.class);
            } finally {
                process.destroy();
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static List<String> command(
            Class<?> mainClass, String heap, Map<String, String> properties, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Xmx") && !argument.startsWith("-javaagent:"))
                .forEach(command::add);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("it failed without a word");
    }
}
