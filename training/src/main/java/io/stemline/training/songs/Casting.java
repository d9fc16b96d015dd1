package io.stemline.training.songs;

import io.stemline.training.soundfont.Preset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which parts of a song take a recorded instrument and which one: of the programs of General MIDI, those that are
 * near to the synthesised sound, so that what is played suits them.
 */
final class Casting {
    private static final double RECORDED = 0.6;
    /** Drum kits that are orchestral percussion or sound effects, which play nothing a drummer would. */
    private static final List<Integer> NO_DRUMMERS_KITS = List.of(48, 56);

    private final SoundFonts soundFonts;

    Casting(SoundFonts soundFonts) {
        this.soundFonts = soundFonts;
    }

    /** The recorded instruments of a song, by the names of the parts that take one. */
    Map<String, SampledSound> cast(List<Part> parts) {
        Map<String, SampledSound> cast = new LinkedHashMap<>();
        if (soundFonts.isEmpty()) {
            return cast;
        }
        for (Part part : parts) {
            Dice dice = Dice.of(part.seed(), "casting");
            if (!dice.chance(RECORDED)) {
                continue;
            }
            switch (part) {
                case Part.Drums drums -> castKit(drums, dice, cast);
                case Part.Bass bass -> castProgram(bass, programs(bass.sound()), dice, cast);
                case Part.Chords chords -> castProgram(chords, programs(chords.sound(), dice), dice, cast);
                case Part.Lead lead -> castProgram(lead, programs(lead.sound()), dice, cast);
                case Part.Vocals vocals -> {}
            }
        }
        return cast;
    }

    private void castKit(Part.Drums drums, Dice dice, Map<String, SampledSound> cast) {
        boolean electronic = drums.kit() == Part.Kit.ELECTRONIC || (drums.kit() == Part.Kit.HYBRID && dice.chance(0.4));
        List<SampledSound> kits =
                soundFonts.sounds(preset -> preset.isDrumKit() && isElectronic(preset) == electronic && drums(preset));
        if (!kits.isEmpty()) {
            cast.put(drums.name(), dice.pick(kits));
        }
    }

    private static boolean isElectronic(Preset kit) {
        return kit.program() >= 24 && kit.program() < 32;
    }

    private static boolean drums(Preset kit) {
        return !NO_DRUMMERS_KITS.contains(kit.program()) && kit.sounds(36, 100) && kit.sounds(42, 100);
    }

    /** Programs that occur several times are that much likelier. */
    private void castProgram(Part part, int[] programs, Dice dice, Map<String, SampledSound> cast) {
        int program = dice.pick(programs);
        List<SampledSound> sounds = soundFonts.sounds(preset -> !preset.isDrumKit() && preset.program() == program);
        if (!sounds.isEmpty()) {
            cast.put(part.name(), dice.pick(sounds));
        }
    }

    private static int[] programs(Part.BassSound sound) {
        return switch (sound) {
            case PLUCKED -> new int[] {32, 33, 33, 33, 35};
            case PICKED -> new int[] {33, 34, 34, 36, 37};
            case SAW, SQUARE, TRIANGLE, FM, SUB -> new int[] {38, 39, 33, 34, 36, 37, 87};
        };
    }

    /** Choirs are rare, and only pads: nothing in the accompaniment should be taken for a voice too often. */
    private static int[] programs(Part.ChordSound sound, Dice dice) {
        return switch (sound) {
            case PIANO -> new int[] {0, 0, 0, 1, 1, 2, 3};
            case ELECTRIC_PIANO -> new int[] {4, 4, 5, 5, 2, 7, 6};
            case BELLS -> new int[] {8, 9, 10, 11, 11, 12, 13, 14, 15, 98, 108};
            case ORGAN -> new int[] {16, 16, 17, 18, 18, 19, 20, 21, 23};
            case STRINGS -> new int[] {48, 48, 49, 49, 50, 51, 44, 45, 42};
            case BRASS -> new int[] {61, 61, 61, 56, 57, 60, 62, 63, 66};
            case PLUCKED_GUITAR -> new int[] {24, 24, 25, 25, 25, 25, 26, 27, 27, 28, 46, 104, 105, 106, 107};
            case DISTORTED_GUITARS -> new int[] {29, 29, 30, 30, 30, 27, 28};
            case SAW_PAD ->
                dice.chance(0.08)
                        ? new int[] {52, 53, 54, 91}
                        : new int[] {48, 50, 51, 88, 89, 90, 92, 93, 94, 95, 99, 100};
            case SYNTH_STABS -> new int[] {80, 81, 84, 87, 90, 62, 63, 55, 96, 103};
        };
    }

    private static int[] programs(Part.LeadSound sound) {
        return switch (sound) {
            case SAW_SYNTH -> new int[] {81, 81, 84, 87, 82, 62};
            case SQUARE_SYNTH -> new int[] {80, 80, 82, 83, 39};
            case CLEAN_GUITAR -> new int[] {24, 25, 26, 27, 27, 28};
            case DISTORTED_GUITAR -> new int[] {29, 29, 30, 30};
            case FLUTE -> new int[] {73, 73, 74, 72, 75, 77, 79};
            case BOWED -> new int[] {40, 40, 41, 42, 110, 48};
            case REED -> new int[] {64, 65, 65, 66, 66, 67, 68, 69, 71, 22, 21, 56, 57, 59, 60, 111, 109};
            case WHISTLE -> new int[] {78, 79, 75, 11, 12, 73};
        };
    }
}
