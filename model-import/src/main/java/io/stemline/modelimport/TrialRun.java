package io.stemline.modelimport;

import io.stemline.separation.SeparationException;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;

/**
 * One segment of noise, separated by a package that nobody has run yet. The engine refuses what is not right: a
 * SavedModel that TensorFlow cannot load, a signature or an answer of another shape than the card's, numbers that are not
 * finite.
 */
final class TrialRun {

    private TrialRun() {}

    /**
     * Runs it.
     *
     * @throws ModelException if the model does not do what its card says
     */
    static void of(ModelPackage model) {
        try (var engine = SeparationEngine.open(SeparationSettings.defaults().withBatchSize(1))) {
            engine.load(model);
            engine.tryOut(model.id());
        } catch (ModelException e) {
            throw e;
        } catch (SeparationException e) {
            throw new ModelException("model '" + model.id() + "' failed in its trial run: " + e.getMessage(), e);
        }
    }
}
