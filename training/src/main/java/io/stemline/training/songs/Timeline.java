package io.stemline.training.songs;

import java.util.List;

/** Where beats and bars fall in time, and which chord sounds when. */
final class Timeline {
    private final SongRecipe recipe;

    Timeline(SongRecipe recipe) {
        this.recipe = recipe;
    }

    int lengthFrames() {
        return Math.toIntExact(recipe.lengthFrames());
    }

    double framesPerBeat() {
        return 60.0 / recipe.beatsPerMinute() * SongGenerator.SAMPLE_RATE_HZ;
    }

    double secondsPerBeat() {
        return 60.0 / recipe.beatsPerMinute();
    }

    /** The frame of a beat; every second sixteenth comes late by the song's swing. */
    int frame(double beat) {
        double sixteenths = beat * 4;
        boolean offBeat =
                Math.abs(sixteenths - Math.rint(sixteenths)) < 1e-6 && Math.floorMod(Math.round(sixteenths), 2) == 1;
        return (int) ((beat + (offBeat ? recipe.swing() / 4 : 0)) * framesPerBeat());
    }

    int beatsPerBar() {
        return recipe.beatsPerBar();
    }

    int firstBeat(SongRecipe.Section section) {
        return section.firstBar() * recipe.beatsPerBar();
    }

    int beats(SongRecipe.Section section) {
        return section.bars() * recipe.beatsPerBar();
    }

    /** What the section is in which a beat falls. */
    SongRecipe.Kind section(List<SongRecipe.Section> sections, double beat) {
        return sections.stream()
                .filter(section -> beat >= firstBeat(section) && beat < firstBeat(section) + beats(section))
                .map(SongRecipe.Section::kind)
                .findFirst()
                .orElse(SongRecipe.Kind.VERSE);
    }

    /** The degree of the scale on which the chord of a beat stands. */
    int chordDegree(SongRecipe.Section section, double beat) {
        var progression = recipe.harmony().progressions().get(section.progression());
        int chord = (int) ((beat - firstBeat(section)) / recipe.harmony().beatsPerChord());
        return progression.get(Math.floorMod(chord, progression.size()));
    }

    Harmony harmony() {
        return recipe.harmony();
    }
}
