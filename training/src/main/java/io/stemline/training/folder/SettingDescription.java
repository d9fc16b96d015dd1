package io.stemline.training.folder;

/**
 * A setting as tables and help texts show it.
 *
 * @param key its path in the file: {@code network.dropout}
 * @param flag the shortest one that means it: {@code --dropout}
 * @param type in words: {@code whole number}, {@code one of relu, sigmoid}
 * @param value which it has in the configuration described, as a flag would give it; {@code none} for an optional one
 *     that is not there
 * @param limits in words: {@code between 0 and 1}; empty without
 * @param unit what numbers count; empty without
 * @param documentation what it is; empty if nobody has said
 */
public record SettingDescription(
        String key, String flag, String type, String value, String limits, String unit, String documentation) {}
