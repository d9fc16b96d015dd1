package io.stemline.endurance.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory at a folder, small enough to be filled. Only root may mount one. */
@FunctionalInterface
public interface SmallDisk extends AutoCloseable {

    /** None. */
    SmallDisk NONE = () -> {};

    @Override
    void close() throws IOException, InterruptedException;

    /** Mounts a disk; closing unmounts it. */
    static SmallDisk mountedAt(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run(List.of("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(megabytes), "tmpfs", folder.toString()));
        return () -> run(List.of("umount", "--lazy", folder.toString()));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("%s: %s".formatted(String.join(" ", command), said.strip()));
        }
    }
}
