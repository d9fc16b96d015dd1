package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Invents songs: tempo, key, chords, form, the band and how it is mixed. */
final class Composer {
    private static final List<Integer> MAJOR = List.of(0, 2, 4, 5, 7, 9, 11);
    private static final List<Integer> MINOR = List.of(0, 2, 3, 5, 7, 8, 10);
    private static final List<Integer> DORIAN = List.of(0, 2, 3, 5, 7, 9, 10);
    private static final List<Integer> MIXOLYDIAN = List.of(0, 2, 4, 5, 7, 9, 10);
    private static final List<List<Integer>> LOOPS = List.of(
            List.of(0, 4, 5, 3),
            List.of(0, 5, 3, 4),
            List.of(5, 3, 0, 4),
            List.of(0, 3, 4, 3),
            List.of(0, 3, 0, 4),
            List.of(0, 0, 3, 4),
            List.of(0, 4, 5, 4),
            List.of(0, 2, 3, 4));
    private static final int MIDDLE_C = 60;

    private final long seed;
    private final Dice dice;
    private final Speech speech;

    /** What each band of an instrument's equaliser gains over the one below: songs are mixed dark or bright. */
    private final double tiltDb;

    private Composer(long seed, Speech speech) {
        this.seed = seed;
        this.speech = speech;
        dice = Dice.of(seed, "composition");
        tiltDb = Dice.of(seed, "production").uniform(-4, 1);
    }

    static SongRecipe compose(long seed, long lengthFrames, Speech speech) {
        return new Composer(seed, speech).compose(lengthFrames);
    }

    private SongRecipe compose(long lengthFrames) {
        double beatsPerMinute = dice.uniform(70, 165);
        int beatsPerBar = dice.chance(0.06) ? 3 : 4;
        double swing = dice.chance(0.25) ? dice.uniform(0.1, 0.5) : 0;
        Harmony harmony = harmony(beatsPerBar);
        List<Part> parts = band();
        double barSeconds = 60 / beatsPerMinute * beatsPerBar;
        int bars = (int) Math.ceil(lengthFrames / (barSeconds * SongGenerator.SAMPLE_RATE_HZ));
        Names names = Names.of(Dice.of(seed, "names"));
        return new SongRecipe(
                SongRecipe.FORMAT_VERSION,
                seed,
                names.artist(),
                names.title(),
                lengthFrames,
                beatsPerMinute,
                beatsPerBar,
                swing,
                harmony,
                form(bars, parts),
                parts,
                dice.chance(0.5) ? dice.uniform(0.05, 0.3) : 0,
                Map.of());
    }

    private Harmony harmony(int beatsPerBar) {
        List<Integer> scale = dice.pick(List.of(MAJOR, MAJOR, MAJOR, MINOR, MINOR, MINOR, DORIAN, MIXOLYDIAN));
        List<List<Integer>> progressions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            progressions.add(
                    dice.chance(0.5)
                            ? dice.pick(LOOPS)
                            : List.of(
                                    dice.pick(0, 0, 5),
                                    dice.pick(3, 4, 5, 1),
                                    dice.pick(0, 3, 5, 2),
                                    dice.pick(4, 3, 6)));
        }
        int beatsPerChord = beatsPerBar == 3 ? 3 : dice.pick(4, 4, 4, 2, 8);
        return new Harmony(dice.below(12), scale, progressions, beatsPerChord);
    }

    private List<Part> band() {
        List<Part> parts = new ArrayList<>();
        if (dice.chance(0.95)) {
            parts.add(drums());
        }
        if (dice.chance(0.95)) {
            parts.add(bass());
        }
        int chordParts = dice.pick(1, 1, 2, 2, 2, 3);
        for (int i = 0; i < chordParts; i++) {
            parts.add(chords("chords " + (i + 1)));
        }
        if (dice.chance(0.4)) {
            parts.add(lead());
        }
        if (dice.chance(0.94)) {
            parts.add(VocalCasting.cast(dice, speech));
        }
        return parts;
    }

    private Part drums() {
        Channel channel = new Channel(dice.uniform(-3, 3), 0, drumEffects());
        List<Part.Kit> kits = List.of(
                Part.Kit.ACOUSTIC,
                Part.Kit.ACOUSTIC,
                Part.Kit.ELECTRONIC,
                Part.Kit.HYBRID,
                Part.Kit.HYBRID,
                Part.Kit.PERCUSSION);
        double fills = dice.uniform(0, 0.7);
        return new Part.Drums("drums", dice.nextLong(), dice.pick(kits), dice.pick(Part.Groove.class), fills, channel);
    }

    private List<Effect> drumEffects() {
        List<Effect> effects = new ArrayList<>();
        if (dice.chance(0.5)) {
            effects.add(new Effect.Compression(dice.uniform(0.1, 0.5), dice.uniform(0.01, 0.06)));
        }
        if (dice.chance(0.3)) {
            effects.add(new Effect.Saturation(dice.uniform(-4, 8)));
        }
        effects.add(equaliser(5));
        if (dice.chance(0.7)) {
            effects.add(reverb(0.2, 1.5, -28, -10));
        }
        return effects;
    }

    private Part bass() {
        List<Effect> effects = new ArrayList<>();
        if (dice.chance(0.5)) {
            effects.add(new Effect.Compression(dice.uniform(0.1, 0.5), dice.uniform(0.02, 0.08)));
        }
        effects.add(equaliser(5));
        Channel channel = new Channel(dice.uniform(-5, 2), dice.uniform(-0.1, 0.1), effects);
        List<Part.BassSound> sounds = List.of(
                Part.BassSound.PLUCKED,
                Part.BassSound.PLUCKED,
                Part.BassSound.PLUCKED,
                Part.BassSound.PICKED,
                Part.BassSound.PICKED,
                Part.BassSound.SAW,
                Part.BassSound.SQUARE,
                Part.BassSound.TRIANGLE,
                Part.BassSound.FM,
                Part.BassSound.SUB);
        return new Part.Bass("bass", dice.nextLong(), dice.pick(sounds), dice.pick(Part.BassLine.class), channel);
    }

    private Part chords(String name) {
        List<Part.ChordSound> sounds = List.of(
                Part.ChordSound.ELECTRIC_PIANO,
                Part.ChordSound.PIANO,
                Part.ChordSound.PIANO,
                Part.ChordSound.BELLS,
                Part.ChordSound.ORGAN,
                Part.ChordSound.STRINGS,
                Part.ChordSound.BRASS,
                Part.ChordSound.PLUCKED_GUITAR,
                Part.ChordSound.PLUCKED_GUITAR,
                Part.ChordSound.PLUCKED_GUITAR,
                Part.ChordSound.DISTORTED_GUITARS,
                Part.ChordSound.DISTORTED_GUITARS,
                Part.ChordSound.SAW_PAD,
                Part.ChordSound.SYNTH_STABS);
        Part.ChordSound sound = dice.pick(sounds);
        int lowest = sound == Part.ChordSound.DISTORTED_GUITARS ? dice.pick(40, 43) : dice.pick(48, 52, 55, MIDDLE_C);
        return new Part.Chords(name, dice.nextLong(), sound, figure(sound), lowest, chordChannel(sound));
    }

    private Part.ChordFigure figure(Part.ChordSound sound) {
        return switch (sound) {
            case STRINGS, SAW_PAD -> dice.chance(0.85) ? Part.ChordFigure.HELD : dice.pick(Part.ChordFigure.class);
            case PLUCKED_GUITAR ->
                dice.pick(List.of(Part.ChordFigure.STRUMMED, Part.ChordFigure.STRUMMED, Part.ChordFigure.ARPEGGIO));
            case SYNTH_STABS, BRASS ->
                dice.pick(List.of(Part.ChordFigure.STABS, Part.ChordFigure.BLOCKS, Part.ChordFigure.ARPEGGIO));
            default -> dice.pick(Part.ChordFigure.class);
        };
    }

    private Channel chordChannel(Part.ChordSound sound) {
        List<Effect> effects = new ArrayList<>();
        effects.add(equaliser(6));
        effects.add(new Effect.Band(dice.logUniform(40, 250), 16_000));
        if (dice.chance(0.15)) {
            effects.add(new Effect.Ducking(dice.uniform(0.3, 0.8), dice.pick(1, 1, 2)));
        }
        if (dice.chance(0.2)) {
            effects.add(new Effect.Compression(dice.uniform(0.1, 0.4), 0.05));
        }
        if (dice.chance(0.1)) {
            effects.add(new Effect.Echo(dice.uniform(0.1, 0.5), dice.uniform(-18, -8)));
        }
        if (dice.chance(0.65)) {
            effects.add(reverb(0.3, 2.5, -24, -5));
        }
        double pan = dice.chance(0.6) ? dice.uniform(-0.8, 0.8) : 0;
        double level = sound == Part.ChordSound.DISTORTED_GUITARS ? dice.uniform(-7, 1) : dice.uniform(-9, 0);
        return new Channel(level, pan, effects);
    }

    private Part lead() {
        List<Effect> effects = new ArrayList<>();
        effects.add(equaliser(6));
        effects.add(new Effect.Band(dice.logUniform(60, 300), 15_000));
        if (dice.chance(0.25)) {
            effects.add(new Effect.Echo(dice.uniform(0.1, 0.5), dice.uniform(-18, -7)));
        }
        if (dice.chance(0.7)) {
            effects.add(reverb(0.3, 2.5, -24, -6));
        }
        Channel channel = new Channel(dice.uniform(-8, 1), dice.uniform(-0.6, 0.6), effects);
        return new Part.Lead(
                "lead", dice.nextLong(), dice.pick(Part.LeadSound.class), dice.pick(48, 55, MIDDLE_C, 64), channel);
    }

    private Effect.Equaliser equaliser(double depthDb) {
        List<Double> gains = new ArrayList<>();
        for (int band = 0; band < 5; band++) {
            gains.add(dice.normal() * depthDb / 2 + band * tiltDb);
        }
        return new Effect.Equaliser(gains);
    }

    private Effect.Reverb reverb(double shortest, double longest, double quietestDb, double loudestDb) {
        return new Effect.Reverb(
                dice.uniform(quietestDb, loudestDb),
                dice.uniform(shortest, longest),
                dice.uniform(2500, 9000),
                dice.uniform(0.002, 0.05));
    }

    private List<SongRecipe.Section> form(int bars, List<Part> parts) {
        int unit = bars < 14 ? 2 : bars < 40 ? 4 : 8;
        List<SongRecipe.Kind> course = List.of(
                SongRecipe.Kind.VERSE,
                SongRecipe.Kind.CHORUS,
                SongRecipe.Kind.VERSE,
                SongRecipe.Kind.CHORUS,
                SongRecipe.Kind.BREAK,
                SongRecipe.Kind.CHORUS);
        List<SongRecipe.Section> form = new ArrayList<>();
        int bar = 0;
        if (dice.chance(0.5) && bars > 6) {
            int length = Math.max(1, unit / 2);
            form.add(section(SongRecipe.Kind.INTRO, bar, length, parts));
            bar += length;
        }
        for (int i = dice.below(3); bar < bars; i++) {
            boolean last = bars - bar <= unit && bars > 8 && dice.chance(0.5);
            SongRecipe.Kind kind = last ? SongRecipe.Kind.OUTRO : course.get(i % course.size());
            int length = Math.min(unit, bars - bar);
            form.add(section(kind, bar, length, parts));
            bar += length;
        }
        return form;
    }

    private SongRecipe.Section section(SongRecipe.Kind kind, int bar, int bars, List<Part> parts) {
        List<String> playing = parts.stream()
                .filter(part -> dice.chance(presence(kind, part)))
                .map(Part::name)
                .toList();
        List<String> atLeastOne = playing.isEmpty() ? List.of(parts.getFirst().name()) : playing;
        return new SongRecipe.Section(
                kind,
                bar,
                bars,
                kind == SongRecipe.Kind.CHORUS ? 1 : kind == SongRecipe.Kind.BREAK ? 2 : 0,
                atLeastOne);
    }

    private static double presence(SongRecipe.Kind kind, Part part) {
        boolean vocals = part instanceof Part.Vocals;
        boolean lead = part instanceof Part.Lead;
        return switch (kind) {
            case INTRO -> vocals ? 0.1 : lead ? 0.6 : 0.7;
            case VERSE -> vocals ? 0.97 : lead ? 0.3 : 0.85;
            case CHORUS -> vocals ? 0.98 : lead ? 0.5 : 0.97;
            case BREAK -> vocals ? 0.5 : lead ? 0.8 : 0.65;
            case OUTRO -> vocals ? 0.4 : lead ? 0.6 : 0.7;
        };
    }
}
