package io.stemline.training.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stem that is wanted, and what it is made of.
 *
 * @param name what the model calls it
 * @param parts the data set's stems that are added up to it, or {@link #REST} alone
 */
public record StemChoice(String name, List<String> parts) {
    /** Stands for all of the data set's stems that no other choice names. */
    public static final String REST = "*";

    public StemChoice {
        parts = List.copyOf(parts);
        if (name.isBlank() || name.equals(LabelledTrack.MIXTURE)) {
            throw new IllegalArgumentException("A stem needs a name other than \"" + name + "\"");
        }
        if (parts.isEmpty() || new HashSet<>(parts).size() < parts.size()) {
            throw new IllegalArgumentException("The stem " + name + " needs parts, each once, not " + parts);
        }
        if (parts.contains(REST) && parts.size() > 1) {
            throw new IllegalArgumentException("The stem " + name + " is either the rest or has named parts");
        }
    }

    /** Vocals, drums, bass, other: each as it is. */
    public static List<StemChoice> standard() {
        return parse("vocals,drums,bass,other");
    }

    /**
     * Choices as settings spell them: names with commas between, each with its parts if it is not one stem of the same name:
     * {@code vocals,accompaniment=drums+bass+other} or {@code vocals,accompaniment=*}.
     */
    public static List<StemChoice> parse(String setting) {
        List<StemChoice> choices = new ArrayList<>();
        for (String choice : setting.split(",", -1)) {
            String[] sides = choice.split("=", 2);
            String name = sides[0].strip();
            List<String> parts = sides.length == 1
                    ? List.of(name)
                    : Arrays.stream(sides[1].split("\\+", -1))
                            .map(String::strip)
                            .toList();
            choices.add(new StemChoice(name, parts));
        }
        return List.copyOf(choices);
    }

    /**
     * The parts of each choice among the stems that a data set has.
     *
     * @param known the data set's stems
     * @return parts by the choice's name, in the order of the choices
     * @throws DatasetException if a part is not known, a stem would count twice, or nothing is left for the rest
     */
    static Map<String, List<String>> resolve(List<StemChoice> choices, List<String> known) {
        Set<String> rest = new TreeSet<>(known);
        Set<String> used = new HashSet<>();
        choices.forEach(choice -> rest.removeAll(choice.parts()));
        Map<String, List<String>> resolved = new LinkedHashMap<>();
        for (StemChoice choice : choices) {
            List<String> parts = choice.parts().equals(List.of(REST)) ? List.copyOf(rest) : choice.parts();
            if (parts.isEmpty() || !known.containsAll(parts)) {
                throw new DatasetException("The stem " + choice.name() + " is to be " + String.join("+", choice.parts())
                        + ", but the data set has " + String.join(", ", known));
            }
            if (!parts.stream().allMatch(used::add) || resolved.put(choice.name(), parts) != null) {
                throw new DatasetException("The stem " + choice.name() + " would count twice");
            }
        }
        if (resolved.isEmpty()) {
            throw new DatasetException("No stem was chosen");
        }
        return resolved;
    }
}
