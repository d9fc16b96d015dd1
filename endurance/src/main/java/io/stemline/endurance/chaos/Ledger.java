package io.stemline.endurance.chaos;

import io.stemline.endurance.chaos.Submitted.Fate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All that was submitted. */
final class Ledger {
    private final Map<String, Submitted> byName = new HashMap<>();

    /** Notes what is about to be submitted, before it is: from then on it counts. */
    synchronized void note(Submitted submitted) {
        if (byName.putIfAbsent(submitted.name(), submitted) != null) {
            throw new IllegalStateException(submitted.name() + " was submitted before");
        }
    }

    synchronized List<Submitted> all() {
        return List.copyOf(byName.values());
    }

    /** Names of what has to have an entry in a batch. */
    Set<String> withEntry() {
        return all().stream()
                .filter(submitted -> !submitted.fate().name().endsWith("WITHOUT_ENTRY"))
                .map(Submitted::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    synchronized Submitted named(String name) {
        Submitted found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("nothing that is called " + name + " was submitted");
        }
        return found;
    }

    boolean contains(String name) {
        return all().stream().anyMatch(submitted -> submitted.name().equals(name));
    }

    Set<String> names(Fate fate) {
        return all().stream()
                .filter(submitted -> submitted.fate() == fate)
                .map(Submitted::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ids of the tracks that must have been separated. */
    Set<String> separatedTracks() {
        return all().stream()
                .filter(submitted -> submitted.fate() == Fate.DONE || submitted.fate() == Fate.DONE_WITHOUT_ENTRY)
                .map(Submitted::sha256)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ids of the tracks that must have a row and a file. */
    Set<String> storedTracks() {
        return all().stream()
                .filter(submitted -> submitted.fate() != Fate.REFUSED)
                .map(Submitted::sha256)
                .filter(sha256 -> !sha256.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
