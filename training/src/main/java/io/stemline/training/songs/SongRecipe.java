package io.stemline.training.songs;

import java.util.List;
import java.util.Map;

/**
 * Everything that makes a song what it is. The same recipe gives the same samples; a recipe can be kept as JSON.
 *
 * @param formatVersion version of this description, {@value #FORMAT_VERSION}
 * @param seed the seed it was drawn from
 * @param artist an invented name
 * @param title an invented title
 * @param lengthFrames length at 44.1 kHz
 * @param beatsPerMinute the tempo
 * @param beatsPerBar 4, or 3 in a waltz
 * @param swing how late every second sixteenth comes, as a share of a sixteenth
 * @param form the sections, one after another, from the first bar to past the end
 * @param parts the musicians
 * @param busCompression how much the levels of all parts together are evened out, 0 to 1
 * @param sampled by their names, the parts that a recorded instrument plays in place of the synthesised one
 */
public record SongRecipe(
        int formatVersion,
        long seed,
        String artist,
        String title,
        long lengthFrames,
        double beatsPerMinute,
        int beatsPerBar,
        double swing,
        Harmony harmony,
        List<Section> form,
        List<Part> parts,
        double busCompression,
        Map<String, SampledSound> sampled) {

    /** Changes whenever the same recipe would sound different. */
    public static final int FORMAT_VERSION = 3;

    public SongRecipe {
        form = List.copyOf(form);
        parts = List.copyOf(parts);
        sampled = sampled == null ? Map.of() : Map.copyOf(sampled);
    }

    SongRecipe withSampled(Map<String, SampledSound> sounds) {
        return new SongRecipe(
                formatVersion,
                seed,
                artist,
                title,
                lengthFrames,
                beatsPerMinute,
                beatsPerBar,
                swing,
                harmony,
                form,
                parts,
                busCompression,
                sounds);
    }

    SongRecipe withParts(List<Part> musicians) {
        return new SongRecipe(
                formatVersion,
                seed,
                artist,
                title,
                lengthFrames,
                beatsPerMinute,
                beatsPerBar,
                swing,
                harmony,
                form,
                musicians,
                busCompression,
                sampled);
    }

    /** What a section is in the course of a song. */
    public enum Kind {
        INTRO,
        VERSE,
        CHORUS,
        BREAK,
        OUTRO
    }

    /**
     * A stretch of bars in which the same parts play.
     *
     * @param progression index into the harmony's progressions
     * @param parts names of the parts that play
     */
    public record Section(Kind kind, int firstBar, int bars, int progression, List<String> parts) {
        public Section {
            parts = List.copyOf(parts);
        }

        boolean has(Part part) {
            return parts.contains(part.name());
        }
    }
}
