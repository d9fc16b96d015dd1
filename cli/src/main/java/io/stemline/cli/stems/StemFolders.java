package io.stemline.cli.stems;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each track its folder below an output folder, named after the track. Names are changed only as far as the file
 * system needs. A track finds its folder again in a later run, since the folder remembers the file it is for; a folder that
 * is another track's, or holds something else, is left alone, and the name gets a number.
 */
public final class StemFolders {

    private static final int NAME_LIMIT_BYTES = 200;

    private final Path root;
    private final Set<String> taken = new HashSet<>();

    public StemFolders(Path root) {
        this.root = root;
    }

    /**
     * The folder of a track. It need not exist yet.
     *
     * @param name what the track is called; parts between slashes become folders in each other
     * @param source its audio file
     */
    public synchronized Path of(String name, String source) {
        Path wanted = root;
        for (String part : name.split("/")) {
            if (!part.isEmpty()) {
                wanted = wanted.resolve(folderName(part));
            }
        }
        if (wanted.equals(root)) {
            wanted = root.resolve("track");
        }
        Path folder = wanted;
        for (int number = 2; !isFree(folder, source); number++) {
            folder = wanted.resolveSibling(wanted.getFileName() + " (" + number + ")");
        }
        taken.add(key(folder));
        return folder;
    }

    /** Makes the folder of a track and has it remember the file that it is for. */
    public Path create(String name, String source) throws IOException {
        Path folder = Files.createDirectories(of(name, source));
        new StemRecord(source, "", Map.of()).write(folder);
        return folder;
    }

    private boolean isFree(Path folder, String source) {
        if (taken.contains(key(folder))) {
            return false;
        }
        Optional<StemRecord> found = StemRecord.read(folder);
        return found.map(stems -> stems.source().equals(source)).orElseGet(() -> isEmptyOrMissing(folder));
    }

    private static boolean isEmptyOrMissing(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Files.notExists(folder);
        }
        try (var children = Files.newDirectoryStream(folder, child -> !Files.isDirectory(child))) {
            return !children.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some file systems take upper and lower case, or two spellings of an accent, for the same name. */
    private static String key(Path folder) {
        return Normalizer.normalize(folder.toString(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    static String folderName(String part) {
        var name = new StringBuilder();
        part.codePoints()
                .forEach(codePoint -> name.appendCodePoint(Character.isISOControl(codePoint) ? '_' : codePoint));
        if (part.equals(".") || part.equals("..")) {
            return "_".repeat(part.length());
        }
        return shortened(name.toString());
    }

    /** File systems limit a name's bytes; a name is cut between letters as people see them. */
    private static String shortened(String name) {
        var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(name);
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > NAME_LIMIT_BYTES) {
            end = letters.preceding(end);
        }
        return name.substring(0, end);
    }
}
