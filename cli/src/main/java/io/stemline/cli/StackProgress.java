package io.stemline.cli;

import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.Terminal;
import io.stemline.local.StackListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Says what happens to the stack's processes. */
final class StackProgress implements StackListener {

    private final Terminal terminal;
    private final Set<String> troubled = new HashSet<>();

    StackProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void starting(String process) {}

    @Override
    public void ready(String process, Duration afterStart) {
        terminal.say(
                terminal.messageStyle().faint("  %-18s up after %s".formatted(process, Durations.work(afterStart))));
    }

    @Override
    public synchronized void died(String process, int status, Duration untilRestart, Path log) {
        if (!Interruption.isUnderWay() && troubled.add(process)) {
            terminal.complain(
                    "%s ended with status %d and is started again; its log is %s".formatted(process, status, log));
        }
    }

    @Override
    public synchronized void recovered(String process) {
        if (troubled.remove(process)) {
            terminal.complain(process + " is up again");
        }
    }
}
