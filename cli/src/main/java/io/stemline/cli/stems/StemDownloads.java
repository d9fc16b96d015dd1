package io.stemline.cli.stems;

import io.stemline.cli.catalogue.Catalogue;
import io.stemline.cli.catalogue.Item;
import io.stemline.events.StemsReady.Stem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings stems from the catalogue into the folders of their tracks. A stem appears as a whole or not at all; one that is
 * there already, and was not touched since, is not fetched again.
 */
public final class StemDownloads {

    private final Catalogue catalogue;
    private final StemFolders folders;

    public StemDownloads(Catalogue catalogue, StemFolders folders) {
        this.catalogue = catalogue;
        this.folders = folders;
    }

    /**
     * What a track has now.
     *
     * @param folder where its stems are
     * @param files the stems, in their order
     * @param fetched how many of them were not there before
     */
    public record Delivery(Path folder, List<Path> files, int fetched) {}

    /**
     * Delivers all stems of an entry.
     *
     * @throws IOException if they cannot be written
     */
    public Delivery deliver(Item item) throws IOException {
        String separationId = item.separationId().orElseThrow();
        Path folder = Files.createDirectories(folders.of(item.name(), item.path()));
        StemRecord before = StemRecord.read(folder)
                .filter(found -> found.separationId().equals(separationId))
                .orElse(new StemRecord(item.path(), separationId, Map.of()));
        StemRecord now = before;
        now.write(folder);
        var files = new ArrayList<Path>();
        int fetched = 0;
        for (Stem stem : item.stems()) {
            Path file = folder.resolve(stem.stem() + extension(stem.object()));
            if (!before.holds(separationId, file)) {
                fetch(separationId, stem.stem(), file);
                now = now.with(file);
                now.write(folder);
                fetched++;
            }
            files.add(file);
        }
        return new Delivery(folder, List.copyOf(files), fetched);
    }

    private void fetch(String separationId, String stem, Path file) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            catalogue.fetchStem(separationId, stem, unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String extension(String object) {
        return object.substring(object.lastIndexOf('.'));
    }
}
