package io.stemline.local;

import io.stemline.local.Launch.Readiness;
import io.stemline.local.StackState.StackProcess;
import io.stemline.local.StackState.StackProcess.Condition;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of the stack, kept alive.
 *
 * <p>The first start either leads to a process that takes requests or fails with the end of its log. From then on a thread
 * waits for the process to end; whenever it does so by itself it is started again on the same port, at once the first time,
 * after longer and longer pauses while it does not come up.
 */
final class StackChild {

    private static final Logger LOGGER = LoggerFactory.getLogger(StackChild.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /** What it waits for may be away for long: ending it would only have it start from the beginning. */
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(10);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long LOG_LIMIT_BYTES = 20_000_000;
    private static final int LOG_LINES_IN_MESSAGE = 8;

    /** A Ctrl-C in the terminal reaches every process in it; only the stack itself may act on it, so that all stops in order. */
    private static final List<String> DEAF_TO_THE_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "stemline");

    private final Launch launch;
    private final HttpClient http;
    private final StackListener listener;
    private final Runnable changed;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Process process;
    private volatile Condition condition = Condition.STARTING;
    private volatile int restarts;

    StackChild(Launch launch, HttpClient http, StackListener listener, Runnable changed) {
        this.launch = launch;
        this.http = http;
        this.listener = listener;
        this.changed = changed;
    }

    /** Starts the process, returns once it takes requests, and keeps it alive from then on. */
    void start() {
        long started = System.nanoTime();
        listener.starting(launch.name());
        try {
            startProcess();
            awaitReady(START_LIMIT);
        } catch (IOException e) {
            throw new LocalStackException(launch.name() + " cannot be started (" + e.getMessage() + ")", e);
        }
        Thread.ofPlatform().daemon().name("watch-" + launch.name()).start(this::keepAlive);
        listener.ready(launch.name(), Duration.ofNanos(System.nanoTime() - started));
    }

    /** Asks the process to end, and makes it end if it does not. */
    void stop() {
        Process last;
        synchronized (this) {
            stopping.countDown();
            last = process;
        }
        if (last == null) {
            return;
        }
        last.destroy();
        try {
            if (!last.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.atWarn().addKeyValue("process", launch.name()).log("Does not stop by itself and is ended");
                last.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    StackProcess state() {
        var last = process;
        return new StackProcess(
                launch.name(), condition, last == null ? 0 : last.pid(), launch.port(), restarts, launch.device());
    }

    /** The first failures of a process are its own; later ones while the stack stops are nobody's. */
    private synchronized void startProcess() throws IOException {
        if (isStopping()) {
            throw new LocalStackException("the stack is being stopped");
        }
        condition = Condition.STARTING;
        keepLogSmall();
        var command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
        command.addAll(launch.resolved());
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(launch.environment());
        var log = ProcessBuilder.Redirect.appendTo(launch.log().toFile());
        builder.redirectError(log);
        if (launch.readiness() == Readiness.HEALTH) {
            builder.redirectOutput(log);
        }
        process = builder.start();
        changed.run();
    }

    private void awaitReady(Duration limit) {
        boolean ready = switch (launch.readiness()) {
            case LINE -> saysReady(limit);
            case HEALTH -> answersReady(limit);
        };
        if (!ready) {
            throw new LocalStackException(whyNotReady(limit));
        }
        condition = Condition.UP;
        changed.run();
    }

    private String whyNotReady(Duration limit) {
        String how = process.isAlive()
                ? "does not take requests after " + limit.toSeconds() + " s"
                : "ended with status " + process.exitValue() + " while starting";
        return "%s %s; the end of %s:%n%s".formatted(launch.name(), how, launch.log(), endOfLog());
    }

    private boolean saysReady(Duration limit) {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        var said = new CountDownLatch(1);
        // Not a virtual thread: reading a pipe holds its carrier, of which there are as few as processors.
        Thread.ofPlatform().daemon().name("output-" + launch.name()).start(() -> {
            try {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    if (line.startsWith("ready ")) {
                        said.countDown();
                    }
                }
            } catch (IOException e) {
                LOGGER.atDebug()
                        .setCause(e)
                        .addKeyValue("process", launch.name())
                        .log("Its output is closed");
            }
        });
        return awaitWhileAlive(limit, () -> said.getCount() == 0);
    }

    private boolean answersReady(Duration limit) {
        var question = HttpRequest.newBuilder(
                        URI.create("http://" + FreePort.HOST + ":" + launch.port() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return awaitWhileAlive(limit, () -> {
            try {
                return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private boolean awaitWhileAlive(Duration limit, Question question) {
        long giveUpAt = System.nanoTime() + limit.toNanos();
        try {
            while (System.nanoTime() < giveUpAt) {
                if (question.isAnsweredYes()) {
                    return true;
                }
                if (process.waitFor(BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS)) {
                    return question.isAnsweredYes() && process.isAlive();
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void keepAlive() {
        Duration pause = SHORTEST_PAUSE;
        try {
            while (true) {
                int status = process.waitFor();
                if (isStopping()) {
                    return;
                }
                if (condition == Condition.UP) {
                    pause = SHORTEST_PAUSE;
                }
                condition = Condition.DOWN;
                restarts++;
                changed.run();
                listener.died(launch.name(), status, pause, launch.log());
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                startAgain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startAgain() {
        try {
            startProcess();
            awaitReady(RESTART_LIMIT);
            listener.recovered(launch.name());
        } catch (IOException | LocalStackException e) {
            if (!isStopping()) {
                LOGGER.atDebug()
                        .setCause(e)
                        .addKeyValue("process", launch.name())
                        .log("Not up again yet");
                process.destroyForcibly();
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void keepLogSmall() throws IOException {
        Path log = launch.log();
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(launch.log());
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_MESSAGE), lines.size()));
        } catch (IOException e) {
            return "(" + launch.log() + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private interface Question {
        boolean isAnsweredYes() throws InterruptedException;
    }
}
