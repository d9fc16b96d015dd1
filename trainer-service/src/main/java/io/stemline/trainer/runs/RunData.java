package io.stemline.trainer.runs;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.training.datasets.TrackList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/** The audio of a run as files on this machine, verified, until it is closed. */
final class RunData implements AutoCloseable {
    private final ObjectStore store;
    private final Map<String, ObjectStore.LocalObject> fetched = new HashMap<>(); // by key

    RunData(ObjectStore store) {
        this.store = store;
    }

    /**
     * Fetches every file and compares its hash with the one that the run was planned with.
     *
     * @param alive called after every file, as this takes minutes for large data sets
     * @throws RefusedRunException if a file is gone, or is not the one it was
     */
    TrackList fetch(Run run, List<RunTrack> tracks, Runnable alive) throws RefusedRunException, IOException {
        List<TrackList.Entry> entries = new ArrayList<>();
        for (RunTrack track : tracks) {
            TrackList.Audio mixture = audio(track, "the track", track.mixture());
            Map<String, TrackList.Audio> stems = new HashMap<>();
            for (Map.Entry<String, RunFile> reference : track.references().entrySet()) {
                stems.put(
                        reference.getKey(),
                        audio(track, "reference '%s'".formatted(reference.getKey()), reference.getValue()));
                alive.run();
            }
            var split =
                    io.stemline.training.datasets.Split.valueOf(track.split().name());
            entries.add(new TrackList.Entry(split, track.name(), mixture, stems));
        }
        return new TrackList("references, " + run.datasetSha256().substring(0, 12), entries);
    }

    private TrackList.Audio audio(RunTrack track, String what, RunFile file) throws RefusedRunException, IOException {
        ObjectStore.LocalObject known = fetched.get(file.object());
        if (known == null) {
            known = verified(track, what, file);
            fetched.put(file.object(), known);
        }
        return new TrackList.Audio(known.path().toAbsolutePath(), file.stream());
    }

    private ObjectStore.LocalObject verified(RunTrack track, String what, RunFile file)
            throws RefusedRunException, IOException {
        try {
            ObjectStore.LocalObject local = store.fetch(file.object());
            String found = new DigestUtils(SHA_256).digestAsHex(local.path());
            if (!found.equals(file.sha256())) {
                local.close();
                throw new RefusedRunException(
                        "%s (%s of '%s'): changed since it was added, its SHA-256 is %s and was %s; add it again"
                                .formatted(file.object(), what, track.name(), found, file.sha256()));
            }
            return local;
        } catch (MissingObjectException e) {
            throw new RefusedRunException(
                    "%s (%s of '%s'): is gone from the object store; add it again"
                            .formatted(file.object(), what, track.name()),
                    e);
        }
    }

    @Override
    public void close() {
        fetched.values().forEach(ObjectStore.LocalObject::close);
        fetched.clear();
    }
}
