package io.stemline.audio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The ffmpeg program, which makes the files that this library reads but does not write. */
final class FfmpegProgram {

    private FfmpegProgram() {}

    /** Runs it with these arguments; the test is skipped where the program is not installed. */
    static void run(Object... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            System.err.println("SKIPPED: the program ffmpeg is not installed, files of other formats are not tested");
            Assumptions.abort("The program ffmpeg is not installed");
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + "\n" + output);
        }
    }
}
