package io.stemline.endurance.chaos;

import io.stemline.local.StackListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When processes of the stack were hit, and when they took requests again. */
final class Recoveries implements StackListener {
    private final List<Hit> open = new ArrayList<>();
    private final List<Recovery> recoveries = new ArrayList<>();

    private record Hit(int step, String process, long atNanos, boolean alone) {}

    /**
     * @param step number of the step that hit the process
     * @param alone whether everything else was up when it was hit, and stayed so
     */
    record Recovery(int step, String process, Duration took, boolean alone) {}

    synchronized void hit(int step, String process) {
        boolean alone = open.isEmpty();
        if (!alone) {
            open.replaceAll(hit -> new Hit(hit.step(), hit.process(), hit.atNanos(), false));
        }
        open.add(new Hit(step, process, System.nanoTime(), alone));
    }

    @Override
    public synchronized void recovered(String process) {
        long now = System.nanoTime();
        open.stream().filter(hit -> hit.process().equals(process)).forEach(hit -> {
            recoveries.add(new Recovery(hit.step(), process, Duration.ofNanos(now - hit.atNanos()), hit.alone()));
        });
        open.removeIf(hit -> hit.process().equals(process));
    }

    /** How long the slowest of the processes took that a step hit; empty while one is not back, or if none was hit. */
    synchronized Optional<Duration> after(int step) {
        if (open.stream().anyMatch(hit -> hit.step() == step)) {
            return Optional.empty();
        }
        return recoveries.stream()
                .filter(recovery -> recovery.step() == step)
                .map(Recovery::took)
                .max(Duration::compareTo);
    }

    synchronized List<Recovery> all() {
        return List.copyOf(recoveries);
    }

    synchronized boolean allAreBack() {
        return open.isEmpty();
    }
}
