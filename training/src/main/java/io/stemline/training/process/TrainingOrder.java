package io.stemline.training.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.stemline.training.datasets.TrackList;
import io.stemline.training.folder.FolderException;
import io.stemline.training.folder.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a training process is to do. It lies as {@value #FILE} in a folder, in which the process also keeps the model's own.
 *
 * @param modelId of the package that comes out
 * @param configuration of the network and of the run, as {@code config.json} has it
 * @param tracks to learn from and to choose by
 * @param parent the package whose weights training starts from where there is no checkpoint
 * @param minutes after which training ends, over interruptions, if it has not ended before
 * @param threads of TensorFlow, 0 for as many as there are cores
 * @param codeVersion for the model's card
 */
public record TrainingOrder(
        String modelId,
        String configuration,
        TrackList tracks,
        Optional<Path> parent,
        Optional<Integer> minutes,
        int threads,
        String codeVersion) {

    private static final String FILE = "order.json";
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    /** Writes the order into a folder. */
    public void write(Path folder) {
        WholeFile.write(folder.resolve(FILE), out -> out.write(JSON.writeValueAsBytes(this)));
    }

    static TrainingOrder read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return JSON.readValue(file.toFile(), TrainingOrder.class);
        } catch (IOException e) {
            throw new FolderException(file + ": not the order of a training (" + e.getMessage() + ")", e);
        }
    }

    /** The folder of the model in the order's folder. */
    public Path modelFolder(Path folder) {
        return folder.resolve(modelId);
    }

    /** Where the run's checkpoint lies; it is whole whenever it is there. */
    public Path checkpoint(Path folder) {
        return modelFolder(folder).resolve("checkpoint").resolve("checkpoint.bin");
    }
}
