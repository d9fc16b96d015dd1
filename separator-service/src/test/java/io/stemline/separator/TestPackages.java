package io.stemline.separator;

import io.stemline.separation.model.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the bundled model under other ids. */
final class TestPackages {
    private static final Path BUNDLED =
            Path.of("..", "models", "unet-1").toAbsolutePath().normalize();

    private TestPackages() {}

    /** A package below a folder of models. */
    static ModelPackage create(Path models, String id) {
        Path folder = models.resolve(id);
        try (Stream<Path> paths = Files.walk(BUNDLED)) {
            List<Path> files = paths.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                Path copy = folder.resolve(BUNDLED.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            Path card = folder.resolve(ModelPackage.CARD);
            Files.writeString(card, Files.readString(card).replace("\"unet-1\"", "\"" + id + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ModelPackage.load(folder);
    }
}
