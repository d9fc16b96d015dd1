package io.stemline.separation.engine;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.Encoding;
import io.stemline.separation.SeparationException;
import io.stemline.separation.streaming.StemOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stems as files of a folder, named {@code <stem>.<extension>}. They are written into a hidden folder beside their
 * place; {@link #publish} moves them all, replacing older ones, once all are whole. Closing deletes what was not published.
 *
 * <pre>{@code
 * try (var files = new StemFiles(folder, Encoding.FLAC_24)) {
 *     var result = engine.separate("unet-small-1", mixture, files);
 *     files.publish();
 * }
 * }</pre>
 */
public final class StemFiles implements StemOutputs, AutoCloseable {

    private final Path folder;
    private final Encoding encoding;
    private final Path unfinishedFolder;
    private final Map<Path, Path> finalNames = new LinkedHashMap<>();

    /**
     * Nothing is written yet.
     *
     * @param folder created with the first stem, if need be
     */
    public StemFiles(Path folder, Encoding encoding) {
        this.folder = folder;
        this.encoding = encoding;
        // Not createTempDirectory: nobody but its owner could read what is in it.
        this.unfinishedFolder = folder.resolve(".unfinished-" + UUID.randomUUID());
    }

    @Override
    public AudioSink open(String stem, AudioFormat format) {
        try {
            Files.createDirectories(unfinishedFolder);
            var name = stem + "." + encoding.extension();
            var unfinished = unfinishedFolder.resolve(name);
            finalNames.put(unfinished, folder.resolve(name));
            return AudioFiles.create(unfinished, format, encoding);
        } catch (IOException e) {
            throw new SeparationException(folder + ": stems cannot be written there (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Gives all stems their names.
     *
     * @return the files, in the order of the stems
     * @throws SeparationException if one cannot be renamed; those before it have their names
     */
    public List<Path> publish() {
        var published = List.copyOf(finalNames.values());
        try {
            for (var unfinished : List.copyOf(finalNames.keySet())) {
                Files.move(unfinished, finalNames.get(unfinished), StandardCopyOption.ATOMIC_MOVE);
                finalNames.remove(unfinished);
            }
        } catch (IOException e) {
            throw new SeparationException(folder + ": stems cannot be renamed there (" + e.getMessage() + ")", e);
        }
        return published;
    }

    /** Deletes what was not published. */
    @Override
    public void close() {
        try {
            for (var unfinished : finalNames.keySet()) {
                Files.deleteIfExists(unfinished);
            }
            finalNames.clear();
            Files.deleteIfExists(unfinishedFolder);
        } catch (IOException e) {
            throw new SeparationException(
                    unfinishedFolder + ": cannot be deleted (" + e.getMessage() + "); delete it by hand", e);
        }
    }
}
