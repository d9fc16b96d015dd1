package io.stemline.training.folder;

import io.stemline.training.folder.SettingTree.Leaf;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the setting that a flag means. */
final class SettingNames {

    private static final Pattern ELEMENT = Pattern.compile("(.*)\\[(\\d{1,9})]");

    private final List<Leaf> leaves;

    SettingNames(List<Leaf> leaves) {
        this.leaves = leaves;
    }

    /**
     * What was found.
     *
     * @param index of the element meant, in a list
     */
    record Found(Leaf leaf, Optional<Integer> index) {
        String path() {
            return index.map(i -> JsonText.element(leaf.path(), i)).orElse(leaf.path());
        }
    }

    /**
     * The setting of a name: its whole path or the end of it, with or without dashes in front, in any spelling of its words.
     */
    Found find(String name) {
        Matcher element = ELEMENT.matcher(name);
        boolean indexed = element.matches();
        Leaf leaf = leaf(name, indexed ? element.group(1) : name);
        if (indexed && !(leaf.kind() instanceof Kind.Several)) {
            throw new ConfigurationException(name + ": '" + leaf.path() + "' is no list");
        }
        return new Found(leaf, indexed ? Optional.of(Integer.valueOf(element.group(2))) : Optional.empty());
    }

    private Leaf leaf(String given, String name) {
        String plain = NearNames.plain(name);
        List<Leaf> found = Stream.<Predicate<Leaf>>of(
                        leaf -> whole(leaf).equals(plain) || undotted(leaf).equals(plain),
                        leaf -> whole(leaf).endsWith("." + plain) || isAlsoCalled(leaf, plain))
                .map(wanted -> leaves.stream().filter(wanted).toList())
                .filter(leaves -> !leaves.isEmpty())
                .findFirst()
                .orElseThrow(() -> unknown(given, name));
        if (found.size() > 1) {
            throw new ConfigurationException(found.stream()
                    .map(SettingNames::wholeFlag)
                    .collect(Collectors.joining(" or ", given + ": could be ", "; give the whole name")));
        }
        return found.getFirst();
    }

    private ConfigurationException unknown(String given, String name) {
        List<String> flags = leaves.stream().map(this::flag).toList();
        List<String> near = NearNames.to(name, flags);
        String hint = near.isEmpty()
                ? "; `--display` shows all settings"
                : "; did you mean " + String.join(" or ", near) + "?";
        return new ConfigurationException(given + ": there is no such setting" + hint);
    }

    /** The end of the path as a flag where it means only this, or else the whole path. */
    String flag(Leaf leaf) {
        String name = leaf.key();
        boolean only = leaves.stream().filter(other -> other.key().equals(name)).count() == 1;
        return only ? "--" + kebab(name) : wholeFlag(leaf);
    }

    private static String wholeFlag(Leaf leaf) {
        return "--" + kebab(leaf.path());
    }

    private static String kebab(String path) {
        return path.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").replace('.', '-').toLowerCase(Locale.ROOT);
    }

    private static String whole(Leaf leaf) {
        return NearNames.plain(leaf.path());
    }

    private static String undotted(Leaf leaf) {
        return whole(leaf).replace(".", "");
    }

    private static boolean isAlsoCalled(Leaf leaf, String plain) {
        return leaf.setting().stream()
                .flatMap(setting -> Stream.of(setting.alsoCalled()))
                .anyMatch(other -> NearNames.plain(other).equals(plain));
    }
}
