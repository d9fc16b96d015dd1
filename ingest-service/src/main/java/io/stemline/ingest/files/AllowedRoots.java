package io.stemline.ingest.files;

import io.stemline.ingest.access.Openness;
import io.stemline.ingest.settings.IngestConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where files may be submitted from. A path is looked at twice: when it is submitted, and when its file is taken in, as a link may lead
 * elsewhere by then. What counts is where a path leads, past all links and {@code ..}.
 *
 * <p>Of what lies elsewhere nothing is told, not even whether it is there.
 */
@Singleton
public final class AllowedRoots {
    private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]+:/.*");
    private static final String SETTING = "stemline.ingest.roots";

    private final boolean everything;
    private final List<Path> roots;

    @Inject
    AllowedRoots(IngestConfig config, Openness openness) {
        this(config.roots(), openness.toThisMachineAlone());
    }

    /**
     * @param roots folders that files may be submitted from
     * @param onThisMachineAlone whether all may be where no folder is named
     */
    AllowedRoots(Optional<List<Path>> roots, boolean onThisMachineAlone) {
        this.everything = roots.isEmpty() && onThisMachineAlone;
        this.roots = roots.orElse(List.of()).stream()
                .map(root -> root.toAbsolutePath().normalize())
                .toList();
    }

    /** Why a path may not be submitted; empty if it may. */
    public Optional<String> refusal(Path path) {
        try {
            admit(path);
            return Optional.empty();
        } catch (RefusedFileException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Why something that is no absolute path cannot be submitted: the sentence for one that is an address of the web is its own. */
    public static String notAbsolute(String text) {
        return WEB_ADDRESS.matcher(text).matches()
                ? "%s: nothing is fetched from the web; fetch the file first, and submit or upload it".formatted(text)
                : "%s: the path is not absolute".formatted(text);
    }

    /**
     * Where the file of a path lies, to be opened there.
     *
     * @param path absolute
     * @throws RefusedFileException if that is under none of the allowed folders
     */
    public Path admit(Path path) throws RefusedFileException {
        if (everything) {
            return path;
        }
        if (roots.isEmpty()) {
            throw new RefusedFileException(
                    "%s: files can only be uploaded here; to submit them by their paths, name the folders that are allowed in %s"
                            .formatted(path, SETTING));
        }
        Path plain = path.normalize();
        if (roots.stream().noneMatch(root -> plain.startsWith(root) || plain.startsWith(real(root)))) {
            throw outside(path);
        }
        Path there = real(path);
        if (roots.stream().noneMatch(root -> there.startsWith(root) || there.startsWith(real(root)))) {
            throw outside(path);
        }
        return there;
    }

    /** Past all links. Of what is not there the nearest folder that is counts, and it fails later, for not being there. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            return parent == null || path.getFileName() == null
                    ? path
                    : real(parent).resolve(path.getFileName()).normalize();
        }
    }

    private static RefusedFileException outside(Path path) {
        return new RefusedFileException(
                "%s: is outside the folders that files may be submitted from (%s)".formatted(path, SETTING));
    }
}
