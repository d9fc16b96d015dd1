package io.stemline.endurance.load;

import io.stemline.local.LocalStack;
import io.stemline.local.StackState.StackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the processes of a stack have used so far, as Linux counts it; those that a process has started count with it.
 *
 * @param cpuMillis time on processors, by process
 * @param residentMegabytes memory that a process shares with no other, by process
 */
record Usage(Map<String, Long> cpuMillis, Map<String, Long> residentMegabytes) {
    private static final long MILLIS_A_TICK = 10;

    /** Of the fields behind the program's name: user, system, and both of children that have ended. */
    private static final int FIRST_TIME_FIELD = 11;

    private static final int TIME_FIELDS = 4;

    static Usage of(LocalStack stack, Path dataFolder) throws IOException {
        var cpu = new TreeMap<String, Long>();
        var memory = new TreeMap<String, Long>();
        for (StackProcess process : stack.state().processes()) {
            add(process.name(), process.pid(), cpu, memory);
            if (process.name().equals("postgresql")) {
                long server = Long.parseLong(Files.readAllLines(dataFolder.resolve("postgresql/cluster/postmaster.pid"))
                        .getFirst());
                add(process.name(), server, cpu, memory);
            }
        }
        return new Usage(cpu, memory);
    }

    private static void add(String name, long pid, Map<String, Long> cpu, Map<String, Long> memory) throws IOException {
        List<Long> pids = ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid)
                .toList();
        for (long each : pids) {
            Path proc = Path.of("/proc", Long.toString(each));
            try {
                cpu.merge(name, ticks(Files.readString(proc.resolve("stat"))) * MILLIS_A_TICK, Long::sum);
                memory.merge(name, number(proc.resolve("status"), "RssAnon:") / 1024, Long::sum);
            } catch (NoSuchFileException e) {
                // It has ended meanwhile; its time is its parent's by now.
                continue;
            }
        }
    }

    private static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = FIRST_TIME_FIELD; field < FIRST_TIME_FIELD + TIME_FIELDS; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks;
    }

    private static long number(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
