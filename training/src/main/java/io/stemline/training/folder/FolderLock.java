package io.stemline.training.folder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps a folder to one trainer. The operating system lifts the lock when the process ends, however it ends; the file that
 * is locked stays, because deleting it would let two others lock two files of one name.
 */
public final class FolderLock implements AutoCloseable {

    private static final String NAME = ".lock";
    private static final int LONGEST_NOTE = 1024;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock of(Path folder) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String holder = note(channel);
                channel.close();
                throw new FolderException(folder + ": another trainer is at work in it" + holder
                        + "; wait for its end, or train in another folder");
            }
            writeNote(channel);
            return new FolderLock(channel);
        } catch (IOException e) {
            closeAfter(channel, e);
            throw new FolderException(folder + ": cannot be locked (" + Reasons.of(e) + ")", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String note(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_NOTE);
        channel.read(bytes, 0);
        String note = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        return note.isEmpty() ? "" : " (" + note + ")";
    }

    private static void writeNote(FileChannel channel) throws IOException {
        String note = "process " + ProcessHandle.current().pid() + " on " + hostName() + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((note + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }

    private static void closeAfter(FileChannel channel, IOException failure) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Lets others in. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FolderException("a lock cannot be given up (" + Reasons.of(e) + ")", e);
        }
    }
}
