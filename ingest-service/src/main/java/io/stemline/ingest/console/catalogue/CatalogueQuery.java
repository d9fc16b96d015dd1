package io.stemline.ingest.console.catalogue;

import io.stemline.ingest.batches.ItemState;
import io.stemline.ingest.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which entries are asked for, and in which order.
 *
 * @param text words that all have to be found; what stands in double quotes is one
 * @param after the entry that the page before ended with
 */
record CatalogueQuery(
        Optional<String> text,
        Optional<String> title,
        Optional<String> artist,
        Optional<String> batch,
        Optional<ItemState> state,
        Optional<String> model,
        Optional<Double> minScoreDb,
        Optional<Double> maxScoreDb,
        CatalogueSort sort,
        boolean descending,
        Optional<Place> after) {

    private static final Pattern WORDS = Pattern.compile("\"([^\"]+)\"|(\\S+)");

    /** Keys of an entry in the order asked for. */
    record Place(String key, String second) {
        String spelling() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((key + "\n" + second).getBytes(StandardCharsets.UTF_8));
        }

        static Place parse(String spelling) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(spelling), StandardCharsets.UTF_8);
                int line = text.lastIndexOf('\n');
                if (line >= 0 && text.indexOf('\0') < 0) {
                    return new Place(text.substring(0, line), text.substring(line + 1));
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
            throw ProblemException.malformed("'%s' is not where a page of the catalogue ended".formatted(spelling));
        }
    }

    /** An SQL condition and the values in it by name. */
    record Condition(String sql, Map<String, Object> values) {
        /** Whether it leaves anything out. */
        boolean isOne() {
            return !values.isEmpty();
        }
    }

    /** The condition on {@code batch_item} that the filters make; the place is not part of it. */
    Condition condition() {
        var sql = new ArrayList<String>();
        var values = new LinkedHashMap<String, Object>();
        int n = 0;
        for (String word : words()) {
            sql.add("search_text like :word" + n);
            values.put("word" + n, containing(word));
            n++;
        }
        // What is in the title is in the text, which has an index for it.
        title.ifPresent(part -> put(
                sql, values, "lower(shown_title) like :title and search_text like :title", "title", containing(part)));
        artist.ifPresent(part -> put(
                sql,
                values,
                "lower(shown_artist) like :artist and search_text like :artist",
                "artist",
                containing(part)));
        batch.ifPresent(id -> put(sql, values, "batch_id = :batch", "batch", id));
        state.ifPresent(wanted -> put(sql, values, "state = :state", "state", wanted.name()));
        model.ifPresent(id -> put(sql, values, "shown_model = :model", "model", id));
        minScoreDb.ifPresent(least ->
                put(sql, values, "coalesce(sdr_db, '-Infinity') >= cast(:minScore as float8)", "minScore", least));
        maxScoreDb.ifPresent(greatest -> {
            sql.add("sdr_db is not null");
            put(sql, values, "coalesce(sdr_db, '-Infinity') <= cast(:maxScore as float8)", "maxScore", greatest);
        });
        return new Condition(sql.isEmpty() ? "true" : String.join(" and ", sql), values);
    }

    private static void put(List<String> sql, Map<String, Object> values, String condition, String name, Object value) {
        sql.add(condition);
        values.put(name, value);
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        Matcher found = WORDS.matcher(text.orElse(""));
        while (found.find()) {
            words.add(found.group(1) != null ? found.group(1) : found.group(2));
        }
        return words;
    }

    private static String containing(String part) {
        String literal = part.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
        return "%" + literal + "%";
    }
}
