package io.stemline.registry;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Divides tracks with references among learning, choosing and judging so that nothing leaks: a track keeps its split for ever, and all
 * tracks of one artist, of one album, and of one sound, are in the same one.
 *
 * <ol>
 *   <li>The track has a split: it keeps it, whatever the data set says that it comes in again, and what has become known of its
 *       artist, its album and its sounds since is tied to that split. One of them is tied to another split: the track is set aside.
 *   <li>Its artist, its album or one of its sounds has one: the track goes there. They have different ones: the track is set aside, as
 *       it would carry one side's music to the other.
 *   <li>Else the split that its data set names; else the one that has the smallest share of the tracks it should have.
 * </ol>
 *
 * Names are compared without case, accents, spaces, punctuation and a leading "the"; of several artists on one track each counts. Of a
 * track whose tags tell no artist the name tells it, where it is as MUSDB's: "Artist - Title".
 */
public final class Splits {
    private static final Map<Split, Double> SHARES = Map.of(Split.TRAIN, 0.7, Split.TEST, 0.2, Split.VALIDATION, 0.1);

    /** So that a few tracks are enough to train and to judge. */
    private static final List<Split> FIRST = List.of(Split.TRAIN, Split.TEST, Split.VALIDATION);

    private static final Pattern SEVERAL_ARTISTS =
            Pattern.compile("(?i)[;\\x00]|[\\s(](?:feat\\.?|ft\\.?|featuring)\\s");

    /** What stands where an artist's or an album's name is not known, or where there are too many to name. */
    private static final Set<String> NO_NAMES = Set.of(
            "",
            "various",
            "variousartists",
            "va",
            "unknown",
            "unknownartist",
            "unknownalbum",
            "untitled",
            "none",
            "na");

    /** What is longer tells nothing more, and an index holds no text of any length. */
    private static final int MOST_LETTERS = 200;

    /** Behind a folder's name, and with a letter, as the number of a track is no artist. */
    private static final Pattern ARTIST_AND_TITLE =
            Pattern.compile("(?:.*/)?([^/]*\\p{L}[^/]*?)\\s+[-\u2013]\\s+[^/]+");

    private Splits() {}

    /**
     * Gives a track its split, and what it ties it to.
     *
     * @param trackId a track that has a row
     * @param traits as far as they are known
     * @param wanted the split that the track's data set names
     */
    public static Split assign(Handle transaction, String trackId, Traits traits, Optional<Split> wanted) {
        Locks.take(transaction, "splits");
        Optional<Split> before = transaction
                .createQuery("select split from track where track_id = :id and split is not null")
                .bind("id", trackId)
                .mapTo(Split.class)
                .findOne();
        List<String> keys = keys(traits);
        Set<Split> named = tied(transaction, keys);
        before.ifPresent(named::add);
        Split split = switch (named.size()) {
            case 0 -> wanted.orElseGet(() -> shortest(transaction));
            case 1 -> named.iterator().next();
            default -> Split.SET_ASIDE;
        };
        transaction
                .createUpdate("update track set split = :split where track_id = :id")
                .bind("split", split)
                .bind("id", trackId)
                .execute();
        if (split != Split.SET_ASIDE) {
            keys.forEach(key -> transaction
                    .createUpdate(
                            "insert into split_key (split_key, split) values (:key, :split) on conflict do nothing")
                    .bind("key", key)
                    .bind("split", split)
                    .execute());
        }
        return split;
    }

    private static Set<Split> tied(Handle transaction, List<String> keys) {
        Set<Split> tied = new HashSet<>();
        for (String key : keys) {
            transaction
                    .createQuery("select split from split_key where split_key = :key")
                    .bind("key", key)
                    .mapTo(Split.class)
                    .findOne()
                    .ifPresent(tied::add);
        }
        return tied;
    }

    private static Split shortest(Handle transaction) {
        Map<Split, Long> counts = new EnumMap<>(Split.class);
        Arrays.stream(Split.values()).forEach(split -> counts.put(split, 0L));
        transaction
                .createQuery("select split, count(*) as tracks from track where split is not null group by split")
                .map((row, context) -> Map.entry(Split.valueOf(row.getString("split")), row.getLong("tracks")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        long all = SHARES.keySet().stream().mapToLong(counts::get).sum() + 1;
        return FIRST.stream()
                .max(Comparator.comparingDouble(split -> SHARES.get(split) * all - counts.get(split)))
                .orElseThrow();
    }

    /** Spelling, case and spaces do not make another artist. */
    private static List<String> keys(Traits traits) {
        var keys = new LinkedHashSet<String>();
        traits.tags()
                .artist()
                .or(() -> artistIn(traits.name()))
                .ifPresent(credit -> SEVERAL_ARTISTS
                        .splitAsStream(credit)
                        .forEach(artist -> plain(artist).ifPresent(name -> keys.add("artist " + name))));
        traits.tags().album().flatMap(Splits::plain).ifPresent(name -> keys.add("album " + name));
        traits.sounds().stream().sorted().forEach(sound -> keys.add("sound " + sound));
        return List.copyOf(keys);
    }

    private static Optional<String> artistIn(String name) {
        return Optional.of(ARTIST_AND_TITLE.matcher(name))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }

    /** Empty for what is no name. */
    private static Optional<String> plain(String spelled) {
        String name = Normalizer.normalize(spelled, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
        String letters =
                name.replaceFirst("^the\\s+", "").replaceAll("[&+]", "and").replaceAll("[^\\p{L}\\p{N}]+", "");
        // There are artists without a letter: "!!!".
        return Optional.of(letters.isEmpty() ? name : letters)
                .map(plain -> plain.substring(0, Math.min(plain.length(), MOST_LETTERS)))
                .filter(plain -> !NO_NAMES.contains(plain));
    }
}
