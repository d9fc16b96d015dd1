package io.stemline.ingest.references;

import io.stemline.audio.AudioProbe;
import io.stemline.events.AudioReady;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.ingest.files.AllowedRoots;
import io.stemline.ingest.files.RefusedFileException;
import io.stemline.ingest.files.SoundCheck;
import io.stemline.ingest.files.SubmittedFile;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that a file can be the reference of a track, and copies it to the object store. The key carries the content's hash: a corrected
 * reference is another object, and what was learned or scored with the old one can still be told.
 */
@Singleton
public final class ReferenceStorage {
    /** What encoders of lossy formats add or drop at the ends is less. */
    private static final double TOLERANCE_SECONDS = 0.1;

    private static final Pattern STEM_NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,63}");
    private static final String MIXTURE = "mixture";
    private static final int HASH_DIGITS = 16;

    private final SoundCheck soundCheck;
    private final ObjectStore store;
    private final AllowedRoots roots;

    ReferenceStorage(SoundCheck soundCheck, ObjectStore store, AllowedRoots roots) {
        this.soundCheck = soundCheck;
        this.store = store;
        this.roots = roots;
    }

    /**
     * Stores a reference unless it is there.
     *
     * @param track the track's audio
     * @throws RefusedFileException if it is not audio, or not that of a stem of this track
     */
    public StoredReference store(String trackId, AudioReady.Audio track, ReferenceFile reference)
            throws RefusedFileException, IOException {
        check(track, reference);
        var file = new SubmittedFile(roots.admit(Path.of(reference.path())));
        String sha256 = file.sha256();
        String object = "tracks/%s/references/%s-%s%s"
                .formatted(trackId, reference.stem(), sha256.substring(0, HASH_DIGITS), file.extension());
        if (!store.exists(object)) {
            store.put(object, file.path());
        }
        return new StoredReference(reference.stem(), object, 0, sha256, soundCheck.soundOf(file.path()));
    }

    /** What an object sounds like that is a track; empty if nothing sounds. */
    Optional<String> soundOf(String object) {
        try (ObjectStore.LocalObject local = store.fetch(object)) {
            return soundCheck.soundOf(local.path());
        } catch (RefusedFileException e) {
            // It was taken in under wider limits. Its references tie it all the same.
            return Optional.empty();
        }
    }

    /**
     * Looks whether a file can be a reference of a track, and stores nothing.
     *
     * @throws RefusedFileException if it cannot
     */
    void check(AudioReady.Audio track, ReferenceFile reference) throws RefusedFileException {
        if (!STEM_NAME.matcher(reference.stem()).matches()
                || reference.stem().isBlank()
                || reference.stem().equals(MIXTURE)) {
            throw new RefusedFileException(
                    "'%s' cannot be the name of a stem; use vocals, drums, bass, other, or a name of your own of at most 64 characters without / and \\"
                            .formatted(reference.stem()));
        }
        Path file = roots.admit(Path.of(reference.path()));
        AudioProbe probe = soundCheck.probe(file);
        if (probe.sampleRateHz() != track.sampleRateHz()) {
            throw new RefusedFileException("%s: has %d Hz and its track %d Hz; a true stem has the track's rate"
                    .formatted(file.getFileName(), probe.sampleRateHz(), track.sampleRateHz()));
        }
        double longerSeconds = (double) (probe.lengthFrames() - track.lengthFrames()) / track.sampleRateHz();
        if (Math.abs(longerSeconds) > TOLERANCE_SECONDS) {
            throw new RefusedFileException(
                    "%s: is %.2f s long and its track %.2f s; a true stem is as long as the track"
                            .formatted(
                                    file.getFileName(),
                                    probe.lengthFrames() / (double) probe.sampleRateHz(),
                                    track.seconds()));
        }
    }
}
