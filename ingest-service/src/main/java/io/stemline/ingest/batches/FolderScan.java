package io.stemline.ingest.batches;

import io.stemline.events.AudioReady;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the tracks below a folder. Files that do not look like audio by their name are passed over. A folder with a file
 * {@code mixture.*} is one track in MUSDB's layout: the other audio files in it are its references, named after their stems. What looks
 * like a track but cannot be reached becomes an entry with its refusal, so that it shows.
 */
public final class FolderScan {
    private static final Set<String> AUDIO_EXTENSIONS = Set.of(
            "wav", "wave", "rf64", "w64", "flac", "mp3", "mp2", "m4a", "mp4", "m4b", "aac", "alac", "ogg", "oga",
            "opus", "aif", "aiff", "aifc", "caf", "au", "snd", "wma", "wv", "ape", "tta", "mka", "mkv", "webm", "mov",
            "ac3", "eac3", "dts", "amr", "3gp", "mpc", "tak");
    private static final String MIXTURE = "mixture";
    private static final String UNNAMED = "unnamed";

    private FolderScan() {}

    /** The tracks below {@code folder}, in the order of their paths. */
    public static List<Entry> tracksBelow(Path folder) throws IOException {
        var entries = new ArrayList<Entry>();
        Files.walkFileTree(folder, new Visitor(folder, entries));
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    /** The track that one file makes. */
    public static Entry track(Path file) {
        return new Entry(file.toString(), nameOf(file), AudioReady.Tags.NONE, List.of(), Optional.empty());
    }

    /** The true stems in a folder: its audio files but the mixture, named after their stems. */
    public static List<ReferenceFile> stemsIn(Path folder) throws IOException {
        return stems(audioIn(folder));
    }

    private static List<Path> audioIn(Path folder) throws IOException {
        var audio = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FolderScan::looksLikeAudio)) {
            files.forEach(audio::add);
        }
        audio.sort(Comparator.naturalOrder());
        return audio;
    }

    /** One file a stem: of a stem in two formats the first. */
    private static List<ReferenceFile> stems(List<Path> audio) {
        var stems = new LinkedHashMap<String, ReferenceFile>();
        audio.stream()
                .filter(file -> !nameOf(file).equals(MIXTURE))
                .forEach(file -> stems.putIfAbsent(nameOf(file), new ReferenceFile(nameOf(file), file.toString())));
        return List.copyOf(stems.values());
    }

    private static Optional<Entry> musdbTrack(Path folder, Path root) throws IOException {
        List<Path> audio = audioIn(folder);
        Optional<Path> mixture =
                audio.stream().filter(file -> nameOf(file).equals(MIXTURE)).findFirst();
        return mixture.map(file -> new Entry(
                file.toString(),
                folder.equals(root)
                        ? folder.getFileName().toString()
                        : root.relativize(folder).toString(),
                AudioReady.Tags.NONE,
                stems(audio),
                Optional.empty()));
    }

    private static boolean looksLikeAudio(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && AUDIO_EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** File name without its extension; {@code song.stem.mp4} is {@code song}. Never blank. */
    static String nameOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String bare = dot > 0 ? name.substring(0, dot) : name;
        String stem = bare.endsWith(".stem") ? bare.substring(0, bare.length() - ".stem".length()) : bare;
        return Stream.of(stem, name).filter(text -> !text.isBlank()).findFirst().orElse(UNNAMED);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Entry> entries;

        Visitor(Path root, List<Entry> entries) {
            this.root = root;
            this.entries = entries;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (!folder.equals(root) && folder.getFileName().toString().startsWith(".")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Optional<Entry> track;
            try {
                track = musdbTrack(folder, root);
            } catch (IOException e) {
                return visitFileFailed(folder, e);
            }
            track.ifPresent(entries::add);
            return track.isPresent() ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!looksLikeAudio(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink() && !Files.exists(file)) {
                entries.add(Entry.refused(
                        file.toString(), named(file), "%s: the link leads nowhere".formatted(named(file))));
            } else if (Files.isRegularFile(file)) {
                entries.add(new Entry(file.toString(), named(file), AudioReady.Tags.NONE, List.of(), Optional.empty()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            entries.add(Entry.refused(
                    path.toString(),
                    named(path),
                    "%s: the %s cannot be read (no permission?)".formatted(named(path), folder ? "folder" : "file")));
            return FileVisitResult.CONTINUE;
        }

        /** Path below the root without its extension, so that two files of one name in two folders stay apart. */
        private String named(Path path) {
            Path below = root.relativize(path);
            Path parent = below.getParent();
            return parent == null ? nameOf(path) : parent.resolve(nameOf(path)).toString();
        }
    }
}
