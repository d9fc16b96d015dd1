package io.stemline.modelimport.archive;

import io.stemline.separation.model.ModelException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks {@code .tar.gz} archives of models. An archive may hold files and folders and nothing else: it is refused as a
 * whole if a name climbs out of the folder or is absolute, if there is a link or a device in it, or if it is larger
 * than any model.
 */
public final class TarGz {

    /** Most bytes that an archive may unpack to. */
    public static final long LARGEST_BYTES = 4L << 30;

    /** Most entries of an archive. */
    public static final int MOST_ENTRIES = 1_000;

    private static final int BLOCK_BYTES = 1 << 16;

    private final Path archive;
    private final Path folder;
    private final long largestBytes;
    private long unpackedBytes;

    TarGz(Path archive, Path folder, long largestBytes) {
        this.archive = archive;
        this.folder = folder.toAbsolutePath().normalize();
        this.largestBytes = largestBytes;
    }

    /**
     * Unpacks an archive.
     *
     * @param folder an existing folder; what was unpacked before an entry was refused is left in it
     * @throws ModelException if it is no such archive, cannot be read, or is refused
     */
    public static void unpack(Path archive, Path folder) {
        new TarGz(archive, folder, LARGEST_BYTES).unpack();
    }

    void unpack() {
        try (var file = new BufferedInputStream(Files.newInputStream(archive));
                var gzip = GzipCompressorInputStream.builder()
                        .setInputStream(file)
                        .setDecompressConcatenated(true)
                        .get();
                var tar = new TarArchiveInputStream(gzip)) {
            int entries = 0;
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw refused("it has more than " + MOST_ENTRIES + " entries");
                }
                unpack(entry, tar);
            }
            if (entries == 0) {
                throw refused("there is nothing in it");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException(archive + ": not a whole .tar.gz archive (" + e.getMessage() + ")", e);
        }
    }

    private void unpack(TarArchiveEntry entry, InputStream contents) throws IOException {
        var target = placeOf(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink() || entry.isLink()) {
            throw refused("'" + entry.getName() + "' is a link to '" + entry.getLinkName() + "'");
        } else if (!isPlainFile(entry)) {
            throw refused("'" + entry.getName() + "' is neither a file nor a folder");
        } else {
            requireRoom(entry.getSize());
            Files.createDirectories(target.getParent());
            copy(contents, target);
        }
    }

    /** What is a file for the library may still be a pipe or a device. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isFIFO()
                && !entry.isBlockDevice()
                && !entry.isCharacterDevice()
                && !entry.isSparse();
    }

    private Path placeOf(String name) {
        // Backslashes separate folders on some systems, so that a name may climb out there and not here.
        var place = folder.resolve(name.replace('\\', '/')).normalize();
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*") || !place.startsWith(folder)) {
            throw refused("'" + name + "' would lie outside the folder that it is unpacked to");
        }
        return place;
    }

    private void copy(InputStream contents, Path target) throws IOException {
        var block = new byte[BLOCK_BYTES];
        try (var file = Files.newOutputStream(target)) {
            for (int read = contents.read(block); read >= 0; read = contents.read(block)) {
                requireRoom(read);
                unpackedBytes += read;
                file.write(block, 0, read);
            }
        }
    }

    private void requireRoom(long bytes) {
        if (bytes < 0 || bytes > largestBytes - unpackedBytes) {
            throw refused("it unpacks to more than " + largestBytes + " bytes");
        }
    }

    private ModelException refused(String reason) {
        return new ModelException(archive + ": this archive is not unpacked: " + reason);
    }
}
