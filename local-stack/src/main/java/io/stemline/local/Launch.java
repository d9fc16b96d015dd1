package io.stemline.local;

import java.nio.file.Path;
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

    /** How a process says that it takes requests. */
    enum Readiness {
        /** A line on standard output that starts with {@code ready}. */
        LINE,
        /** A good answer from {@code /q/health/ready}. */
        HEALTH
    }
}
