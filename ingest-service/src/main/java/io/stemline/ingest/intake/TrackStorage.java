package io.stemline.ingest.intake;

import io.stemline.audio.AudioProbe;
import io.stemline.events.AudioReady;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.ingest.files.AllowedRoots;
import io.stemline.ingest.files.RefusedFileException;
import io.stemline.ingest.files.SoundCheck;
import io.stemline.ingest.files.SubmittedFile;
import io.stemline.ingest.references.ReferenceStorage;
import io.stemline.ingest.references.StoredReference;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a track of a file: looks whether it can be read and is audio, hashes it, and copies it to the object store unless it is there
 * already, and its references with it. The same file twice is one track.
 *
 * <p>What is wrong with the file is a {@link RefusedFileException}; anything else that fails (the store, the disk) may pass, and the
 * whole is done again. A reference that cannot be one is left out with a warning, as the track can be separated without; for a data set
 * the track is refused.
 */
@Singleton
final class TrackStorage {
    /** Native Instruments' stem format as MUSDB18 uses it: the mixture, then these. */
    private static final List<String> STEM_MP4_STREAMS = List.of("mixture", "drums", "bass", "other", "vocals");

    private final SoundCheck soundCheck;
    private final ObjectStore store;
    private final ReferenceStorage referenceStorage;
    private final Uploads uploads;
    private final AllowedRoots roots;

    TrackStorage(
            SoundCheck soundCheck,
            ObjectStore store,
            ReferenceStorage referenceStorage,
            Uploads uploads,
            AllowedRoots roots) {
        this.soundCheck = soundCheck;
        this.store = store;
        this.referenceStorage = referenceStorage;
        this.uploads = uploads;
        this.roots = roots;
    }

    StoredTrack store(ReceivedItem item) throws RefusedFileException, IOException {
        Path admitted = uploads.hold(item.file()) ? item.file() : roots.admit(item.file());
        var file = new SubmittedFile(admitted);
        AudioProbe probe = soundCheck.probe(admitted);
        String trackId = file.sha256();
        String object = "tracks/%s/source%s".formatted(trackId, file.extension());
        var warnings = new ArrayList<String>(probe.warnings());
        var references = new ArrayList<StoredReference>(referencesWithin(file, trackId, object, probe));
        for (ReferenceFile reference : item.references()) {
            try {
                references.add(referenceStorage.store(trackId, StoredTrack.audio(probe), reference));
            } catch (RefusedFileException e) {
                if (item.dataset().isPresent()) {
                    throw e;
                }
                warnings.add("not used as a reference: " + e.getMessage());
            }
        }
        if (item.dataset().isPresent() && references.isEmpty()) {
            throw new RefusedFileException("%s: there are no true stems in it or beside it"
                    .formatted(item.file().getFileName()));
        }
        if (!store.exists(object)) {
            store.put(object, file.path());
        }
        return new StoredTrack(
                trackId,
                object,
                probe,
                completed(item.tags(), probe.tags()),
                references,
                sounds(file, references),
                List.copyOf(warnings));
    }

    /** Tracks without references are not divided, so nobody needs to know what they sound like. */
    private Set<String> sounds(SubmittedFile file, List<StoredReference> references) throws RefusedFileException {
        Set<String> sounds = new HashSet<>();
        references.forEach(reference -> reference.sound().ifPresent(sounds::add));
        if (!references.isEmpty()) {
            soundCheck.soundOf(file.path()).ifPresent(sounds::add);
        }
        return sounds;
    }

    private static List<StoredReference> referencesWithin(
            SubmittedFile file, String trackId, String object, AudioProbe probe) {
        if (!file.isStemFile() || probe.audioStreams() != STEM_MP4_STREAMS.size()) {
            return List.of();
        }
        var references = new ArrayList<StoredReference>();
        for (int stream = 1; stream < STEM_MP4_STREAMS.size(); stream++) {
            references.add(
                    new StoredReference(STEM_MP4_STREAMS.get(stream), object, stream, trackId, Optional.empty()));
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
        return Optional.ofNullable(tags.get(name)).filter(value -> !value.isBlank());
    }
}
