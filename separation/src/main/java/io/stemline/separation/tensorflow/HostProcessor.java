package io.stemline.separation.tensorflow;

import com.sun.management.OperatingSystemMXBean;
import io.stemline.separation.tensorflow.Devices.Processor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor as the system describes it. */
final class HostProcessor {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private HostProcessor() {}

    static Processor read() {
        long memoryBytes = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new Processor(name(CPU_INFO), Runtime.getRuntime().availableProcessors(), memoryBytes);
    }

    static String name(Path cpuInfo) {
        try (var lines = Files.lines(cpuInfo, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
