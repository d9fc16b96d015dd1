package io.stemline.training.folder;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Writes files that are whole or not there, whatever happens meanwhile.
 *
 * <ol>
 *   <li>The content goes to a file beside it whose name ends with {@value #UNFINISHED}, and from there to the device. If
 *       the disk is full or the content fails, that file is deleted, and what was there before stands.
 *   <li>It takes the name of the file, in one step. If the process dies before, what was there before stands.
 * </ol>
 */
public final class WholeFile {

    /** What the names of files end with that are being written. */
    public static final String UNFINISHED = ".unfinished";

    private static final int BUFFER_BYTES = 1 << 16;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private WholeFile() {}

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file in place of the one that is there; makes the folders around it.
     *
     * @throws FolderException if that fails; the file is as it was
     */
    public static void write(Path file, Content content) {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writeToDevice(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(unfinished, e);
            throw refused(file, e);
        } catch (RuntimeException | Error e) {
            discard(unfinished, e);
            throw e;
        }
    }

    /** Writes text in UTF-8, as {@link #write}. */
    public static void writeText(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Unlike that of a channel, this stream goes on when its thread is interrupted: Ctrl-C must not spoil a checkpoint. */
    private static void writeToDevice(Path file, Content content) throws IOException {
        try (var device = new FileOutputStream(file.toFile());
                var out = new BufferedOutputStream(device, BUFFER_BYTES)) {
            content.writeTo(out);
            out.flush();
            device.getFD().sync();
        }
    }

    private static void discard(Path unfinished, Throwable failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static FolderException refused(Path file, IOException refusal) {
        String left = Files.exists(file) ? "; what was there before is as it was" : "";
        return new FolderException(
                "%s: cannot be written (%s%s)%s".formatted(file, Reasons.of(refusal), freeSpace(file), left), refusal);
    }

    private static String freeSpace(Path file) {
        try {
            long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
            return String.format(Locale.ROOT, "; %.1f MB are free there", free / BYTES_PER_MEGABYTE);
        } catch (IOException e) {
            return "";
        }
    }
}
