package io.stemline.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a process of the stack is started.
 *
 * @param name what people call it; its log is named so, too
 * @param port where it is to take requests
 * @param command program and arguments
 * @param environment variables on top of this process's own
 * @param log where it writes
 * @param readiness how it says that it takes requests
 * @param device where its networks run; empty if it has none
 */
record Launch(
        String name,
        int port,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Readiness readiness,
        String device) {

    Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * The command with the real place of its jar. A link to it may be exchanged while the process runs, which loads classes all its life:
     * the next start has the other version then.
     */
    List<String> resolved() throws IOException {
        var resolved = new ArrayList<String>();
        for (String word : command) {
            boolean isJar = !resolved.isEmpty() && resolved.getLast().equals("-jar");
            resolved.add(isJar ? Path.of(word).toRealPath().toString() : word);
        }
        return resolved;
    }

    /** How a process says that it takes requests. */
    enum Readiness {
        /** A line on standard output that starts with {@code ready}. */
        LINE,
        /** A good answer from {@code /q/health/ready}. */
        HEALTH
    }
}
