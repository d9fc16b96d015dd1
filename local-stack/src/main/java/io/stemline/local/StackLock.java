package io.stemline.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A data folder belongs to one stack at a time: the one that holds the lock on its file {@code stack.lock}. The operating
 * system lets go of it when the holder ends, however it ends.
 */
final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Whether a data folder is there and has been locked at some time. */
    static boolean isIn(Path dataFolder) {
        return Files.exists(fileIn(dataFolder));
    }

    private static Path fileIn(Path dataFolder) {
        return dataFolder.resolve("stack.lock");
    }

    /**
     * Takes the lock.
     *
     * @throws StackInUseException if another process, or this one, holds it already
     */
    static StackLock take(Path dataFolder) {
        Path file = fileIn(dataFolder);
        try {
            Files.createDirectories(dataFolder);
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new StackInUseException(dataFolder, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new StackLock(channel);
        } catch (IOException e) {
            throw new LocalStackException(dataFolder + ": cannot be used as a data folder (" + e + ")", e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
