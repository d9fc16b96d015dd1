package io.stemline.modelimport;

import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a package of any SavedModel for which somebody has written a card. */
public final class SavedModelImport {

    private SavedModelImport() {}

    /**
     * Imports a SavedModel: reads the card, and admits the network if it is what the card says.
     *
     * @param savedModel the folder with {@code saved_model.pb}
     * @param card a {@code model.json}; the weights' hash on it, if any, is replaced
     * @param models the folder of models
     * @throws ModelException if a file is missing, the card makes no sense, or the network is not what it says
     */
    public static ModelPackage run(Path savedModel, Path card, Path models) {
        if (!Files.isRegularFile(savedModel.resolve("saved_model.pb"))) {
            throw new ModelException(savedModel + ": not a SavedModel (no saved_model.pb in it)");
        }
        var read = ModelPackage.readCardFile(card);
        var text = """
                # %s

                %s

                Imported from a SavedModel, as it is. `model.json` says what goes in and what comes out.
                """.formatted(read.name(), read.description().isEmpty() ? "No description." : read.description());
        return new Admission(models).admit(read, savedModel, text);
    }
}
