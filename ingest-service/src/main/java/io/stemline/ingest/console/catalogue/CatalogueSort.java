package io.stemline.ingest.console.catalogue;

import io.stemline.ingest.problems.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What entries can be sorted by. Each has an index; a second column tells entries apart that are equal in the first. */
enum CatalogueSort {
    /** Batches as they came, entries of a batch in its order. */
    NEWEST("batch_id", "text", "(-position)", "int", true),
    TITLE("lower(shown_title)", "text", "item_id", "text", false),
    ARTIST("lower(shown_artist)", "text", "item_id", "text", false),
    LENGTH("coalesce(length_seconds, 0)", "float8", "item_id", "text", true),
    SCORE("coalesce(sdr_db, '-Infinity')", "float8", "item_id", "text", true);

    private final String column;
    private final String type;
    private final String second;
    private final String secondType;
    private final boolean descendingFirst;

    CatalogueSort(String column, String type, String second, String secondType, boolean descendingFirst) {
        this.column = column;
        this.type = type;
        this.second = second;
        this.secondType = secondType;
        this.descendingFirst = descendingFirst;
    }

    /** The spelling of an address: the name in lower case. */
    static CatalogueSort spelled(String spelling) {
        return Arrays.stream(values())
                .filter(sort -> sort.spelling().equals(spelling))
                .findFirst()
                .orElseThrow(() -> ProblemException.malformed("the catalogue cannot be sorted by '%s', only by %s"
                        .formatted(
                                spelling,
                                Arrays.stream(values())
                                        .map(CatalogueSort::spelling)
                                        .collect(Collectors.joining(", ")))));
    }

    String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether people expect the greatest first. */
    boolean descendingFirst() {
        return descendingFirst;
    }

    String columns() {
        return "(%s)::text as sort_key, (%s)::text as second_key".formatted(column, second);
    }

    String order(boolean descending) {
        String direction = descending ? " desc" : "";
        return "order by %s%s, %s%s".formatted(column, direction, second, direction);
    }

    /** Entries behind the one whose keys are bound as {@code afterKey} and {@code afterSecond}. */
    String behind(boolean descending) {
        return "(%s, %s) %s (cast(:afterKey as %s), cast(:afterSecond as %s))"
                .formatted(column, second, descending ? "<" : ">", type, secondType);
    }
}
