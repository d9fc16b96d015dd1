package io.stemline.ingest.batches;

import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.ingest.files.AllowedRoots;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Entries whose paths somebody named: those that lie outside the allowed folders become entries with their refusal. */
@Singleton
public final class AllowedEntries {
    private final AllowedRoots roots;

    AllowedEntries(AllowedRoots roots) {
        this.roots = roots;
    }

    public List<Entry> of(List<Entry> entries) {
        return entries.stream().map(this::allowed).toList();
    }

    private Entry allowed(Entry entry) {
        if (entry.refusal().isPresent()) {
            return entry;
        }
        Stream<String> paths = Stream.concat(
                Stream.of(entry.path()), entry.references().stream().map(ReferenceFile::path));
        return paths.map(path -> roots.refusal(Path.of(path)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(reason -> Entry.refused(entry.path(), entry.name(), reason))
                .orElse(entry);
    }
}
