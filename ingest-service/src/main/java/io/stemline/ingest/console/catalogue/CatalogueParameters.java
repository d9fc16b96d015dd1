package io.stemline.ingest.console.catalogue;

import io.stemline.ingest.batches.ItemState;
import io.stemline.ingest.problems.ProblemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** What an address of the catalogue asks for, as it was written; what is blank is not asked for. */
public final class CatalogueParameters {
    @RestQuery
    @Parameter(
            description = "Words that title, artist, album, ISRC and name must have; a phrase in quotes",
            example = "love")
    String q;

    @RestQuery
    @Parameter(description = "A part of the title")
    String title;

    @RestQuery
    @Parameter(description = "A part of the artist")
    String artist;

    @RestQuery
    @Parameter(description = "Id of a batch")
    String batch;

    @RestQuery
    @Parameter(description = "RECEIVED, QUEUED, SEPARATED, DONE or FAILED")
    String state;

    @RestQuery
    @Parameter(description = "Id of the model that separated, or that is to separate")
    String model;

    @RestQuery
    @Parameter(description = "Least SDR in dB, the median over the stems", example = "4.5")
    String minScore;

    @RestQuery
    @Parameter(description = "Greatest SDR in dB, the median over the stems")
    String maxScore;

    @RestQuery
    @Parameter(description = "newest, title, artist, length or score")
    String sort;

    @RestQuery
    @Parameter(description = "asc or desc; the usual one for the sort where absent")
    String order;

    @RestQuery
    @Parameter(description = "What the page before calls 'next'")
    String after;

    CatalogueQuery query() {
        CatalogueSort by = filled(sort).map(CatalogueSort::spelled).orElse(CatalogueSort.NEWEST);
        return new CatalogueQuery(
                filled(q),
                filled(title),
                filled(artist),
                filled(batch),
                filled(state).map(CatalogueParameters::stateOf),
                filled(model),
                filled(minScore).map(CatalogueParameters::score),
                filled(maxScore).map(CatalogueParameters::score),
                by,
                filled(order).map(CatalogueParameters::descending).orElse(by.descendingFirst()),
                filled(after).map(CatalogueQuery.Place::parse));
    }

    /** Everything but the place, by its name, for addresses of the same view. */
    Map<String, String> filters() {
        var filters = new LinkedHashMap<String, String>();
        filled(q).ifPresent(value -> filters.put("q", value));
        filled(title).ifPresent(value -> filters.put("title", value));
        filled(artist).ifPresent(value -> filters.put("artist", value));
        filled(batch).ifPresent(value -> filters.put("batch", value));
        filled(state).ifPresent(value -> filters.put("state", value));
        filled(model).ifPresent(value -> filters.put("model", value));
        filled(minScore).ifPresent(value -> filters.put("minScore", value));
        filled(maxScore).ifPresent(value -> filters.put("maxScore", value));
        filled(sort).ifPresent(value -> filters.put("sort", value));
        filled(order).ifPresent(value -> filters.put("order", value));
        return filters;
    }

    private static Optional<String> filled(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static ItemState stateOf(String state) {
        try {
            return ItemState.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.malformed(
                    "the state '%s' is not one of %s".formatted(state, Arrays.toString(ItemState.values())));
        }
    }

    private static double score(String score) {
        try {
            double value = Double.parseDouble(score.replace(',', '.').replace('−', '-'));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ProblemException.malformed("the score '%s' is not a number of dB such as 4.5".formatted(score));
    }

    private static boolean descending(String order) {
        return switch (order) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw ProblemException.malformed("the order '%s' is not asc or desc".formatted(order));
        };
    }
}
