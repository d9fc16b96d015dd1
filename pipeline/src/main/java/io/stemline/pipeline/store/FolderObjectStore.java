package io.stemline.pipeline.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * An object store in a folder, which several processes may share: the key is the path below it.
 *
 * <p>Storing: write to a file in {@code .unfinished}, force it to the disk, rename it to its place, force every
 * directory that has a new entry. A crash
 * before the rename leaves a file in {@code .unfinished}, which is removed when a store is opened a day later; one after it
 * leaves the object. Several objects are forced to the disk at the same time, so that the file system writes its journal once for all of
 * them, and each directory once. A symbolic link is followed only if it stays inside the folder.
 */
public final class FolderObjectStore implements ObjectStore {
    private static final String UNFINISHED = ".unfinished";
    private static final ExecutorService FORCING = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("store-force-", 0).factory());

    private final Path root;
    private final UnfinishedFiles unfinished;

    private FolderObjectStore(Path root, UnfinishedFiles unfinished) {
        this.root = root;
        this.unfinished = unfinished;
    }

    /** Opens the store in a folder, which is created if it is missing. */
    public static FolderObjectStore open(Path folder) {
        try {
            Path root = Files.createDirectories(folder).toRealPath();
            return new FolderObjectStore(root, UnfinishedFiles.in(root.resolve(UNFINISHED)));
        } catch (IOException e) {
            throw new StoreException("the object store " + folder + " cannot be opened (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public Upload begin(String key) {
        Path object = place(key);
        try {
            return new FolderUpload(key, unfinished.create(key), object);
        } catch (IOException e) {
            throw failed(key, "cannot be stored", e);
        }
    }

    @Override
    public void put(String key, InputStream content) {
        try (Upload upload = begin(key)) {
            Files.copy(content, upload.path(), StandardCopyOption.REPLACE_EXISTING);
            upload.commit();
        } catch (IOException e) {
            throw failed(key, "cannot be stored", e);
        }
    }

    @Override
    public void commitAll(List<Upload> uploads) {
        List<FolderUpload> own = uploads.stream().map(FolderUpload.class::cast).toList();
        List<CompletableFuture<Void>> forced = own.stream()
                .map(upload -> CompletableFuture.runAsync(upload::forceContent, FORCING))
                .toList();
        awaitAll(forced);
        Set<Path> changed = new LinkedHashSet<>();
        own.forEach(upload -> changed.addAll(upload.rename()));
        changed.forEach(this::forceDirectory);
    }

    private static void awaitAll(List<CompletableFuture<Void>> all) {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException failure ? failure : e;
        }
    }

    @Override
    public InputStream get(String key) {
        try {
            return Files.newInputStream(object(key));
        } catch (IOException e) {
            throw failed(key, "cannot be read", e);
        }
    }

    @Override
    public LocalObject fetch(String key) {
        Path file = object(key);
        if (!Files.isReadable(file)) {
            throw new StoreException(key + ": cannot be read, there is no permission for " + file);
        }
        return new InPlace(file);
    }

    @Override
    public boolean exists(String key) {
        return Files.isRegularFile(place(key));
    }

    @Override
    public long size(String key) {
        try {
            return Files.size(object(key));
        } catch (IOException e) {
            throw failed(key, "cannot be measured", e);
        }
    }

    @Override
    public Stream<String> list(String prefix) {
        int slash = prefix.lastIndexOf('/');
        Path start = slash < 0 ? root : place(prefix.substring(0, slash));
        if (!Files.isDirectory(start)) {
            return Stream.empty();
        }
        try {
            return Files.walk(start)
                    .filter(path -> !path.startsWith(root.resolve(UNFINISHED)))
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> root.relativize(path).toString())
                    .filter(key -> key.startsWith(prefix));
        } catch (IOException e) {
            throw failed(prefix, "cannot be listed", e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(place(key));
        } catch (IOException e) {
            throw failed(key, "cannot be deleted", e);
        }
    }

    /** The object's file, which is there. */
    private Path object(String key) {
        Path file = place(key);
        if (!Files.isRegularFile(file)) {
            throw new MissingObjectException(key, root.toString());
        }
        return file;
    }

    /** Where the object is or would be, which is inside the folder also after following links. */
    private Path place(String key) {
        Path place = root.resolve(ObjectKey.check(key));
        Path there = place;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        try {
            if (!there.toRealPath().startsWith(root)) {
                throw new StoreException(key + ": leads out of the object store " + root + " through a link");
            }
        } catch (IOException e) {
            throw failed(key, "cannot be reached", e);
        }
        return place;
    }

    private void forceDirectory(Path directory) {
        try {
            force(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            throw failed(root.relativize(directory).toString(), "cannot be stored", e);
        }
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private StoreException failed(String key, String what, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new MissingObjectException(key, root.toString());
        }
        String why = e.getMessage();
        if (e instanceof AccessDeniedException denied) {
            why = "no permission for " + denied.getFile();
        } else if (why != null && why.contains("No space left on device")) {
            why = "the disk with " + root + " is full";
        }
        return new StoreException("%s: %s (%s)".formatted(key, what, why), e);
    }

    private record InPlace(Path path) implements LocalObject {
        @Override
        public void close() {
            // The object itself: there is nothing to give back.
        }
    }

    private final class FolderUpload implements Upload {
        private final String key;
        private final Path file;
        private final Path object;

        FolderUpload(String key, Path file, Path object) {
            this.key = key;
            this.file = file;
            this.object = object;
        }

        @Override
        public Path path() {
            return file;
        }

        @Override
        public void commit() {
            forceContent();
            rename().forEach(FolderObjectStore.this::forceDirectory);
        }

        private void forceContent() {
            try {
                force(file, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw failed(key, "cannot be stored", e);
            }
        }

        /** Returns the directories that have a new entry: the object's, and those in which a directory was made. */
        private Set<Path> rename() {
            Set<Path> changed = new LinkedHashSet<>();
            Path directory = object.getParent();
            changed.add(directory);
            for (Path made = directory; !Files.exists(made); made = made.getParent()) {
                changed.add(made.getParent());
            }
            try {
                Files.createDirectories(directory);
                Files.move(file, object, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return changed;
            } catch (IOException e) {
                throw failed(key, "cannot be stored", e);
            }
        }

        @Override
        public void close() {
            unfinished.remove(file);
        }
    }
}
