package io.stemline.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Files and folders as they were given on the command line. */
final class SubmittedPaths {

    private SubmittedPaths() {}

    /**
     * The paths, absolute. A link that leads nowhere passes: it may be one of many files, and becomes a failure of its own.
     *
     * @throws CommandFailure if there is nothing at one of them
     */
    static List<Path> existing(List<Path> paths) {
        for (Path path : paths) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw CommandFailure.wrongUse(path + ": there is no such file or folder");
            }
        }
        return paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    }

    /** What to call a batch of them. */
    static String name(List<Path> paths) {
        Path first = paths.getFirst();
        String name = first.getFileName() == null
                ? first.toString()
                : first.getFileName().toString();
        return paths.size() == 1 ? name : name + " and " + (paths.size() - 1) + " more";
    }
}
