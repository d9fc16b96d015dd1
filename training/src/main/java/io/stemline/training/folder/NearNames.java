package io.stemline.training.folder;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds names that somebody may have meant. */
final class NearNames {

    private static final int MOST = 3;
    private static final int LEAST_COMMON_LETTERS = 4;

    private NearNames() {}

    /** A name without what tells {@code --mask-activation}, {@code mask_activation} and {@code maskActivation} apart. */
    static String plain(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /** Those that differ from a name in at most a third of its letters, or are part of it; the nearest first. */
    static List<String> to(String name, Collection<String> known) {
        int allowed = Math.max(1, plain(name).length() / 3);
        return known.stream()
                .filter(other -> distance(name, other) <= allowed || isPart(plain(other), plain(name)))
                .sorted(Comparator.comparingInt(other -> distance(name, other)))
                .limit(MOST)
                .toList();
    }

    /** "; did you mean 'dropout'?", or what there is. */
    static String hint(String name, Collection<String> known) {
        List<String> near = to(name, known);
        if (near.isEmpty()) {
            return "; known here: " + String.join(", ", known);
        }
        return near.stream()
                .map(other -> "'" + other + "'")
                .collect(Collectors.joining(" or ", "; did you mean ", "?"));
    }

    private static boolean isPart(String one, String other) {
        boolean longEnough = Math.min(one.length(), other.length()) >= LEAST_COMMON_LETTERS;
        return longEnough && (other.contains(one) || one.contains(other));
    }

    private static int distance(String one, String other) {
        return editDistance(plain(one), plain(other));
    }

    /** Letters to insert, delete, replace or swap with their neighbour (Damerau 1964, without editing a pair twice). */
    private static int editDistance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[one.length()][other.length()];
    }
}
