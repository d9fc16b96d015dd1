package io.stemline.ingest.intake;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioProbe;
import io.stemline.events.AudioReady;
import io.stemline.events.Reference;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a track of a file: looks whether it can be read and is audio, hashes it, and copies it to the object store unless it is there
 * already. The same file twice is one track.
 *
 * <p>What is wrong with the file is a {@link RefusedTrackException}; anything else that fails (the store, the disk) may pass, and the
 * whole is done again.
 */
@Singleton
final class TrackStorage {
    private static final String STEM_MP4 = ".stem.mp4";

    /** Native Instruments' stem format as MUSDB18 uses it: the mixture, then these. */
    private static final List<String> STEM_MP4_STREAMS = List.of("mixture", "drums", "bass", "other", "vocals");

    private final ObjectStore store;

    TrackStorage(ObjectStore store) {
        this.store = store;
    }

    StoredTrack store(ReceivedItem item) throws RefusedTrackException, IOException {
        Path file = item.file();
        AudioProbe probe = probe(file);
        String trackId = hash(file);
        String object = "tracks/%s/source%s".formatted(trackId, extensionOf(file));
        putUnlessThere(object, file);
        var references = new ArrayList<Reference>(referencesWithin(file, object, probe));
        for (ReferenceFile reference : item.references()) {
            references.add(storeReference(trackId, reference));
        }
        return new StoredTrack(trackId, object, probe, completed(item.tags(), probe.tags()), references);
    }

    private static AudioProbe probe(Path file) throws RefusedTrackException {
        try {
            AudioProbe probe = AudioFiles.probe(file);
            if (probe.lengthFrames() == 0) {
                throw new RefusedTrackException("%s: there is no sound in it".formatted(file.getFileName()));
            }
            return probe;
        } catch (AudioException e) {
            throw new RefusedTrackException(e.getMessage(), e);
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var hashed = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private void putUnlessThere(String object, Path file) {
        if (!store.exists(object)) {
            store.put(object, file);
        }
    }

    private Reference storeReference(String trackId, ReferenceFile reference) throws RefusedTrackException {
        Path file = Path.of(reference.path());
        probe(file);
        String object = "tracks/%s/references/%s%s".formatted(trackId, reference.stem(), extensionOf(file));
        store.put(object, file);
        return new Reference(reference.stem(), object, 0);
    }

    private static List<Reference> referencesWithin(Path file, String object, AudioProbe probe) {
        boolean stems = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(STEM_MP4);
        if (!stems || probe.audioStreams() != STEM_MP4_STREAMS.size()) {
            return List.of();
        }
        var references = new ArrayList<Reference>();
        for (int stream = 1; stream < STEM_MP4_STREAMS.size(); stream++) {
            references.add(new Reference(STEM_MP4_STREAMS.get(stream), object, stream));
        }
        return references;
    }

    private static AudioReady.Tags completed(AudioReady.Tags said, Map<String, String> inFile) {
        return new AudioReady.Tags(
                said.title().or(() -> tag(inFile, "title")),
                said.artist().or(() -> tag(inFile, "artist")),
                said.album().or(() -> tag(inFile, "album")),
                said.isrc().or(() -> tag(inFile, "isrc")));
    }

    private static Optional<String> tag(Map<String, String> tags, String name) {
        // PostgreSQL's text holds every character but this one.
        return Optional.ofNullable(tags.get(name))
                .map(value -> value.replace("\0", ""))
                .filter(value -> !value.isBlank());
    }

    /** With its dot, in lower case; nothing where there is none that could be part of a key. */
    private static String extensionOf(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(STEM_MP4)) {
            return STEM_MP4;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot);
        return extension.matches("\\.[a-z0-9]{1,8}") ? extension : "";
    }
}
