package io.stemline.training.folder;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.stemline.training.folder.SettingTree.Leaf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads, writes, changes and describes configurations of a type.
 *
 * <p>A configuration is a record. Its components are numbers, booleans, text, enums (written in lower case with dashes),
 * records, lists and {@link java.util.Optional}s of these, and interfaces whose records are told apart by a key, with the
 * annotations of Jackson. {@link Setting} documents and bounds them. What else must hold, such as that layers fit, the
 * constructors of the records check; the message of their {@link IllegalArgumentException} becomes part of the sentence.
 *
 * <p>Every key must be there except those of optional components, and no other: a mistyped key is never a default.
 *
 * @param <T> the record
 */
public final class Configurations<T extends Record> {

    private final Class<T> type;
    private final RecordShape shape;

    private Configurations(Class<T> type) {
        this.type = type;
        this.shape = RecordShape.of(type);
    }

    /**
     * Configurations of a record.
     *
     * @throws IllegalArgumentException if a component has a type that no setting has
     */
    public static <T extends Record> Configurations<T> of(Class<T> type) {
        return new Configurations<>(type);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException with the line and the key at fault
     */
    public T read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read (" + Reasons.of(e) + ")", e);
        }
    }

    /**
     * Reads JSON.
     *
     * @param source what messages call it
     */
    public T parse(String json, String source) {
        JsonText text;
        try {
            text = JsonText.parse(json);
        } catch (JacksonException e) {
            throw new ConfigurationException(
                    "%s: line %d: not valid JSON (%s)"
                            .formatted(source, e.getLocation().getLineNr(), e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new ConfigurationException(source + ": cannot be read (" + Reasons.of(e) + ")", e);
        }
        if (text.root().isMissingNode()) {
            throw new ConfigurationException(
                    text.lines().isEmpty()
                            ? source + ": is empty"
                            : source + ": line " + text.lines().get("") + ": something follows the configuration");
        }
        var binding = new Binding(path -> source + ": line " + text.lines().get(path) + ": ");
        return type.cast(binding.bind(text.root(), shape, ""));
    }

    /**
     * Writes a file, the whole of it or nothing.
     *
     * @throws FolderException if that fails
     */
    public void write(Path file, T configuration) {
        WholeFile.writeText(file, toJson(configuration));
    }

    /** The JSON of a configuration, which {@link #parse} reads back. */
    public String toJson(T configuration) {
        return SettingTree.of(configuration, shape).toJson();
    }

    /** {@link #with(Record, SequencedMap)} for one setting. */
    public T with(T configuration, String name, String value) {
        var settings = new LinkedHashMap<String, String>();
        settings.put(name, value);
        return with(configuration, settings);
    }

    /**
     * The configuration with other settings. They are checked together, so that two that fit only each other can be given.
     *
     * @param settings values by name: the flag with or without dashes in front, or the key or the end of it, with its words
     *     joined by dashes, underscores or capitals; {@code stageChannels[2]} is an element of a list. Lists are given with
     *     commas between, the absence of an optional setting as {@code none}.
     * @throws ConfigurationException with the name and the key at fault
     */
    public T with(T configuration, SequencedMap<String, String> settings) {
        SettingTree tree = SettingTree.of(configuration, shape);
        var names = new SettingNames(tree.leaves());
        var flags = new HashMap<String, String>();
        settings.forEach((name, value) -> {
            var found = names.find(name);
            set(name, found, value);
            flags.put(found.leaf().path(), name);
            flags.put(found.path(), name);
        });
        return type.cast(new Binding(path -> flagOf(path, flags)).bind(tree.root(), shape, ""));
    }

    private static String flagOf(String path, Map<String, String> flags) {
        String list = path.replaceAll("\\[\\d+]$", "");
        String flag = flags.getOrDefault(path, flags.get(list));
        return flag == null ? "" : flag + ": ";
    }

    private static void set(String name, SettingNames.Found found, String value) {
        Leaf leaf = found.leaf();
        if (leaf.fixed()) {
            if (!leaf.value().asText().equals(value)) {
                throw new ConfigurationException(
                        "%s: '%s' is %s and cannot be changed, because it decides which settings"
                                        .formatted(
                                                name, leaf.path(), leaf.value().asText())
                                + " there are; make a new model");
            }
            return;
        }
        if (found.index().isEmpty()) {
            JsonNode parsed = FlagValue.parse(leaf.kind(), value);
            leaf.owner().set(leaf.key(), parsed);
            return;
        }
        int index = found.index().get();
        var array = (ArrayNode) leaf.value();
        if (index >= array.size()) {
            throw new ConfigurationException(
                    "%s: '%s' has %d elements, counted from 0".formatted(name, leaf.path(), array.size()));
        }
        array.set(index, FlagValue.parse(((Kind.Several) leaf.kind()).element(), value));
    }

    /** Every setting of a configuration with its value there; describe the defaults to have the defaults. */
    public List<SettingDescription> describe(T configuration) {
        SettingTree tree = SettingTree.of(configuration, shape);
        var names = new SettingNames(tree.leaves());
        return tree.leaves().stream().map(leaf -> description(leaf, names)).toList();
    }

    private static SettingDescription description(Leaf leaf, SettingNames names) {
        return new SettingDescription(
                leaf.path(),
                names.flag(leaf),
                leaf.fixed() ? "text, fixed" : leaf.kind().words(),
                FlagValue.text(leaf.value()),
                leaf.setting().map(Limits::words).orElse(""),
                leaf.setting().map(Setting::unit).orElse(""),
                leaf.setting()
                        .map(Setting::doc)
                        .orElse(leaf.fixed() ? "the kind, which decides the other settings" : ""));
    }

    /**
     * In what two configurations differ, one phrase a setting: {@code network.dropout is 0.4 and not 0.3}. Empty if they
     * are the same.
     *
     * @param other of which the values come first
     */
    public List<String> differences(T configuration, T other) {
        Map<String, String> here = values(configuration);
        Map<String, String> there = values(other);
        var phrases = new ArrayList<String>();
        there.forEach((path, value) -> {
            String expected = here.getOrDefault(path, "there");
            if (!value.equals(expected)) {
                phrases.add(path + " is " + value + " and not " + expected);
            }
        });
        here.keySet().stream()
                .filter(path -> !there.containsKey(path))
                .forEach(path -> phrases.add(path + " is not there"));
        return List.copyOf(phrases);
    }

    private Map<String, String> values(T configuration) {
        var values = new LinkedHashMap<String, String>();
        SettingTree.of(configuration, shape)
                .leaves()
                .forEach(leaf -> values.put(leaf.path(), FlagValue.text(leaf.value())));
        return values;
    }
}
