package io.stemline.endurance.chaos;

import io.stemline.endurance.Database;
import io.stemline.endurance.chaos.Finding.Kind;
import io.stemline.endurance.chaos.Submitted.Fate;
import io.stemline.events.ContentIds;
import io.stemline.events.EventType;
import io.stemline.events.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what was submitted against what there is at the end:
 *
 * <ol>
 *   <li>every entry of every batch has ended as it must, with its reason where it failed;
 *   <li>every track has one separation, with its stems, and one evaluation; no row is there without a track that was submitted;
 *   <li>what was given up has one dead letter each, and nothing else has one;
 *   <li>every event is on its topic at least once and was processed once, and no event is there that nobody caused;
 *   <li>the object store holds what rows name, and nothing else; its contents are right ({@link StoreAudit}).
 * </ol>
 */
final class Audit {
    private static final String SEPARATOR = "separator-service";
    private static final String EVALUATOR = "evaluator-service";

    private final Ledger ledger;
    private final Database database;
    private final int kafkaPort;
    private final Path store;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> figures = new TreeMap<>();

    Audit(Ledger ledger, Database database, int kafkaPort, Path store) {
        this.ledger = ledger;
        this.database = database;
        this.kafkaPort = kafkaPort;
        this.store = store;
    }

    /**
     * What came out.
     *
     * @param figures how many there were of what was counted
     */
    record Result(List<Finding> findings, Map<String, Integer> figures) {}

    private record Entry(
            String itemId, String name, String state, Optional<String> reason, Optional<String> separation) {
        static Entry of(ResultSet row) throws SQLException {
            String path = row.getString("path");
            return new Entry(
                    row.getString("item_id"),
                    path.substring(path.lastIndexOf('/') + 1),
                    row.getString("state"),
                    Optional.ofNullable(row.getString("reason")),
                    Optional.ofNullable(row.getString("separation_id")));
        }
    }

    Result run() throws SQLException, IOException {
        // What other systems announced has entries that nobody submitted; its results are checked as all are.
        List<Entry> entries = database.list(
                "select item_id, path, state, reason, separation_id from batch_item where batch_id <> 'elsewhere'",
                Entry::of);
        checkEntries(entries);
        checkResults();
        checkDeadLetters(entries);
        checkEvents(entries);
        var stored = new StoreAudit(ledger, database, store);
        findings.addAll(stored.run());
        figures.putAll(stored.figures());
        return new Result(List.copyOf(findings), new TreeMap<>(figures));
    }

    private void checkEntries(List<Entry> entries) {
        figures.put("submitted", ledger.all().size());
        figures.put("entries", entries.size());
        Map<String, List<Entry>> byName = entries.stream().collect(Collectors.groupingBy(Entry::name));
        missing(ledger.withEntry(), byName.keySet(), "%s has no entry in any batch");
        for (Entry entry : entries) {
            if (!ledger.contains(entry.name())) {
                unexplained("entry %s is about %s, which nobody submitted".formatted(entry.itemId(), entry.name()));
                continue;
            }
            Fate fate = ledger.named(entry.name()).fate();
            String wanted = fate == Fate.DONE ? "DONE" : "FAILED";
            if (!Set.of("DONE", "FAILED").contains(entry.state())) {
                lost("%s (%s) is %s for ever".formatted(entry.name(), entry.itemId(), entry.state()));
            } else if (!entry.state().equals(wanted)) {
                unexplained("%s (%s) is %s and should be %s: %s"
                        .formatted(entry.name(), entry.itemId(), entry.state(), wanted, entry.reason()));
            } else if (wanted.equals("FAILED")
                    && entry.reason().filter(reason -> explains(reason, fate)).isEmpty()) {
                unexplained("%s (%s) failed for another reason: %s"
                        .formatted(entry.name(), entry.itemId(), entry.reason()));
            }
        }
    }

    private static boolean explains(String reason, Fate fate) {
        return fate == Fate.DEAD_LETTER ? reason.contains("no-such-model") : !reason.isBlank();
    }

    private void checkResults() throws SQLException {
        Set<String> wanted = ledger.separatedTracks();
        Map<String, Long> separations = counted(database.texts("select track_id from separation"));
        figures.put("separations", separations.size());
        missing(wanted, separations.keySet(), "track %s has no separation");
        extra(wanted, separations.keySet(), "track %s has a separation that nobody asked for");
        separations.forEach((track, count) -> {
            if (count > 1) {
                doubled("track %s has %d separations".formatted(track, count));
            }
        });
        Set<String> tracks = new HashSet<>(database.texts("select track_id from track"));
        missing(ledger.storedTracks(), tracks, "track %s has no row");
        extra(ledger.storedTracks(), tracks, "track %s has a row, and nobody submitted it");
        for (String each : database.texts("""
                select separation_id || ' has ' || count(stem) || ' stems' from separation left join stem using (separation_id)
                group by separation_id having count(stem) <> 4""")) {
            lost("separation " + each);
        }
        for (String each : database.texts("""
                select separation_id || ' has ' || count(evaluation_id) || ' evaluations'
                from separation left join evaluation using (separation_id)
                group by separation_id having count(evaluation_id) <> 1""")) {
            if (each.endsWith(" 0 evaluations")) {
                lost("separation " + each);
            } else {
                doubled("separation " + each);
            }
        }
        database.number("select count(*) from outbox")
                .filter(waiting -> waiting > 0)
                .ifPresent(waiting -> lost(waiting + " events wait in the outbox for ever"));
    }

    private void checkDeadLetters(List<Entry> entries) throws SQLException {
        Map<String, Long> letters = counted(
                database.texts("select coalesce(item_id, event_key, event_id, dead_letter_id) from dead_letter"));
        figures.put("dead letters", letters.size());
        Set<String> wanted = entries.stream()
                .filter(entry -> ledger.contains(entry.name()))
                .filter(entry -> ledger.named(entry.name()).fate() == Fate.DEAD_LETTER)
                .map(Entry::itemId)
                .collect(Collectors.toCollection(TreeSet::new));
        wanted.forEach(item -> {
            if (letters.getOrDefault(item, 0L) > 1) {
                doubled("entry %s has %d dead letters".formatted(item, letters.get(item)));
            }
        });
        wanted.addAll(ledger.names(Fate.DEAD_LETTER_WITHOUT_ENTRY));
        missing(wanted, letters.keySet(), "%s has no dead letter");
        extra(wanted, letters.keySet(), "%s has a dead letter and should have none");
        for (String each : database.texts("""
                select item_id || ': the entry says ''' || i.reason || ''', its dead letter ''' || d.reason || ''''
                from dead_letter d join batch_item i using (item_id) where i.reason is distinct from d.reason""")) {
            unexplained(each);
        }
        Set<String> recorded = new HashSet<>(database.texts("select coalesce(event_key, '') from dead_letter"));
        Set<String> said = keys(Topics.deadLettersOf(Topics.AUDIO_READY));
        missing(said, recorded, "the dead letter about %s is on its topic and in no row");
    }

    private void checkEvents(List<Entry> entries) throws SQLException {
        var audioReady = new TreeSet<String>();
        var separated = new TreeSet<String>();
        for (Entry entry : entries) {
            Optional<Fate> fate = ledger.contains(entry.name())
                    ? Optional.of(ledger.named(entry.name()).fate())
                    : Optional.empty();
            String id = ContentIds.event(EventType.AUDIO_READY, entry.itemId());
            if (fate.filter(Fate.DONE::equals).isPresent()) {
                separated.add(id);
            }
            if (fate.filter(each -> each != Fate.REFUSED).isPresent()) {
                audioReady.add(id);
            }
        }
        for (String name : ledger.names(Fate.DONE_WITHOUT_ENTRY)) {
            audioReady.add(Submitter.idOf(name));
            separated.add(Submitter.idOf(name));
        }
        checkTopic(Topics.AUDIO_READY, audioReady);
        checkProcessed(SEPARATOR, separated);
        Set<String> stemsReady = mapped(separated, id -> ContentIds.event(EventType.STEMS_READY, id));
        checkTopic(Topics.STEMS_READY, stemsReady);
        checkProcessed(EVALUATOR, stemsReady);
        checkTopic(
                Topics.EVALUATION_COMPLETED,
                mapped(stemsReady, id -> ContentIds.event(EventType.EVALUATION_COMPLETED, id)));
    }

    private void checkTopic(String topic, Set<String> wanted) {
        List<String> said = Topic.read(kafkaPort, topic).stream()
                .flatMap(record -> record.eventId().stream())
                .toList();
        Set<String> ids = new HashSet<>(said);
        figures.put(topic + ": events", ids.size());
        figures.put(topic + ": said more than once", said.size() - ids.size());
        missing(wanted, ids, "event %s is not on " + topic);
        extra(wanted, ids, "event %s on " + topic + " was caused by nobody");
    }

    private void checkProcessed(String service, Set<String> wanted) throws SQLException {
        Set<String> processed =
                new HashSet<>(database.texts("select event_id from processed_event where service = '" + service + "'"));
        missing(wanted, processed, "event %s was not processed by " + service);
        extra(wanted, processed, "event %s was processed by " + service + " and should not have been");
    }

    private Set<String> keys(String topic) {
        return Topic.read(kafkaPort, topic).stream()
                .map(record -> record.key().orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> mapped(Set<String> ids, Function<String, String> next) {
        return ids.stream().map(next).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Long> counted(Collection<String> values) {
        return values.stream()
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
    }

    private void missing(Set<String> wanted, Set<String> there, String sentence) {
        wanted.stream().filter(each -> !there.contains(each)).forEach(each -> lost(sentence.formatted(each)));
    }

    private void extra(Set<String> wanted, Set<String> there, String sentence) {
        there.stream().filter(each -> !wanted.contains(each)).forEach(each -> unexplained(sentence.formatted(each)));
    }

    private void lost(String sentence) {
        findings.add(new Finding(Kind.LOST, sentence));
    }

    private void doubled(String sentence) {
        findings.add(new Finding(Kind.DOUBLED, sentence));
    }

    private void unexplained(String sentence) {
        findings.add(new Finding(Kind.UNEXPLAINED, sentence));
    }
}
