package io.stemline.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stemline.cli.catalogue.RegisteredModel;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model in the list: its card in JSON, and beside it what the stack that is up knows of it.
 *
 * @param card null for a model that was trained by the stack: its package is in the stack's object store
 */
record ListedModel(@JsonUnwrapped ModelCard card, Optional<RegisteredModel> registered) {

    static ListedModel of(ModelCard card, Map<String, RegisteredModel> registered) {
        return new ListedModel(card, Optional.ofNullable(registered.get(card.id())));
    }

    static ListedModel trained(RegisteredModel registered) {
        return new ListedModel(null, Optional.of(registered));
    }

    /** What the table shows: id, stems, rate, channels, licence and name. */
    List<String> cells() {
        if (card == null) {
            return List.of(
                    registered.orElseThrow().modelId(),
                    "",
                    "",
                    "",
                    "",
                    registered
                            .orElseThrow()
                            .parentModelId()
                            .map(parent -> "trained from " + parent)
                            .orElse(""));
        }
        return List.of(
                card.id(),
                String.join(" ", card.stems()),
                card.sampleRateHz() + " Hz",
                Integer.toString(card.channels()),
                card.origin().kind() == Origin.Kind.BUILT_IN ? "method without weights" : card.licence(),
                card.name());
    }

    /** What the table shows of the registry: state, and how many tracks were separated. */
    List<String> registryCells() {
        return registered
                .map(model -> List.of(
                        model.active() ? "active" : LearningTexts.word(model.state()),
                        Long.toString(model.separated().tracks())))
                .orElse(List.of("", ""));
    }
}
