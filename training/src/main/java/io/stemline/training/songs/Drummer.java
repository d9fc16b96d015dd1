package io.stemline.training.songs;

import static java.lang.StrictMath.pow;

import io.stemline.training.songs.DrumKit.Piece;
import io.stemline.training.soundfont.Sampler;
import java.util.List;

/** Plays a groove of sixteenths, with ghost notes, fills at the ends of sections and cymbals at their starts. */
final class Drummer {
    private static final List<Piece> TIMEKEEPERS = List.of(
            Piece.CLOSED_HAT,
            Piece.CLOSED_HAT,
            Piece.CLOSED_HAT,
            Piece.OPEN_HAT,
            Piece.RIDE,
            Piece.SHAKER,
            Piece.TAMBOURINE);
    private static final List<Piece> FILL_PIECES =
            List.of(Piece.LOW_TOM, Piece.MIDDLE_TOM, Piece.HIGH_TOM, Piece.SNARE, Piece.SNARE);
    private static final List<Piece> COLOURS = List.of(
            Piece.SIDE_STICK,
            Piece.TAMBOURINE,
            Piece.COWBELL,
            Piece.LOW_CONGA,
            Piece.HIGH_CONGA,
            Piece.SHAKER,
            Piece.CLAP);

    private final Part.Drums part;
    private final Timeline timeline;
    private final Kit kit;
    private final Piece timekeeper;
    private final Piece backbeat;
    private final int timekeeperStep;
    private final boolean[] kicks;
    private final boolean[] backbeats;
    private final boolean[] conga;

    /** What is struck. */
    interface Kit {
        /** A stroke at a frame of the song, which may lie beyond its end; the velocity is 0 to 1. */
        void strike(Piece piece, int start, double velocity);
    }

    private Drummer(Part.Drums part, Timeline timeline, Kit kit) {
        this.part = part;
        this.timeline = timeline;
        this.kit = kit;
        Dice dice = Dice.of(part.seed(), "groove");
        timekeeper = dice.pick(TIMEKEEPERS);
        timekeeperStep = dice.pick(4, 2, 2, 2, 1);
        backbeat = part.kit() == Part.Kit.ACOUSTIC
                ? dice.pick(List.of(Piece.SNARE, Piece.SNARE, Piece.SNARE, Piece.SIDE_STICK))
                : dice.pick(List.of(Piece.SNARE, Piece.SNARE, Piece.CLAP));
        kicks = mutated(kickPattern(part.groove()), dice, 0.05);
        backbeats = mutated(backbeatPattern(part.groove()), dice, 0.01);
        conga = mutated("................", dice, 0.35);
    }

    static void play(Part.Drums part, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        DrumKit kit = new DrumKit(part.kit(), part.seed());
        play(part, sections, timeline, (piece, start, velocity) -> {
            DrumKit.Sound sound = kit.sound(piece);
            track.add(sound.wave(), sound.wave().length, start, pow(velocity, 1.4), sound.pan());
        });
    }

    static void play(
            Sampler sampler, Part.Drums part, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        SampledKit kit = new SampledKit(sampler, part.seed());
        play(part, sections, timeline, kit);
        kit.play(track);
    }

    private static void play(Part.Drums part, List<SongRecipe.Section> sections, Timeline timeline, Kit kit) {
        Drummer drummer = new Drummer(part, timeline, kit);
        for (SongRecipe.Section section : sections) {
            drummer.play(section, Dice.of(part.seed(), "section " + section.firstBar()));
        }
    }

    private static String kickPattern(Part.Groove groove) {
        return switch (groove) {
            case ROCK -> "x.......x.x.....";
            case POP -> "x.......x.......";
            case FOUR_ON_THE_FLOOR -> "x...x...x...x...";
            case BREAKBEAT -> "x.x.......x..x..";
            case HALF_TIME -> "x.....x.........";
            case SYNCOPATED -> "x..x..x...x.....";
        };
    }

    private static String backbeatPattern(Part.Groove groove) {
        return switch (groove) {
            case ROCK, POP, FOUR_ON_THE_FLOOR -> "....x.......x...";
            case BREAKBEAT -> "....x..x.x..x...";
            case HALF_TIME -> "........x.......";
            case SYNCOPATED -> "....x.......x..x";
        };
    }

    private static boolean[] mutated(String pattern, Dice dice, double probability) {
        boolean[] steps = new boolean[pattern.length()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (pattern.charAt(i) == 'x') ^ dice.chance(probability);
        }
        return steps;
    }

    private void play(SongRecipe.Section section, Dice dice) {
        int beats = timeline.beats(section);
        boolean fill = dice.chance(part.fills());
        boolean light = section.kind() == SongRecipe.Kind.INTRO && dice.chance(0.4);
        if (!light && dice.chance(0.7)) {
            strike(Piece.CRASH, timeline.firstBeat(section), dice.uniform(0.6, 1), dice);
        }
        for (int step = 0; step < beats * 4; step++) {
            double beat = timeline.firstBeat(section) + step / 4.0;
            if (fill && step >= beats * 4 - 8) {
                if (dice.chance(0.75)) {
                    strike(dice.pick(FILL_PIECES), beat, dice.uniform(0.55, 1), dice);
                }
            } else {
                playStep(step % (timeline.beatsPerBar() * 4), beat, light, dice);
            }
        }
    }

    private void playStep(int step, double beat, boolean light, Dice dice) {
        if (part.kit() == Part.Kit.PERCUSSION) {
            playPercussion(step, beat, dice);
            return;
        }
        if (!light && (kicks[step] || dice.chance(0.01))) {
            strike(Piece.KICK, beat, dice.uniform(0.75, 1), dice);
        }
        if (!light && backbeats[step]) {
            strike(backbeat, beat, dice.uniform(0.7, 1), dice);
        } else if (!light && dice.chance(0.04)) {
            strike(Piece.SNARE, beat, dice.uniform(0.15, 0.35), dice);
        }
        if (step % timekeeperStep == 0) {
            boolean open = timekeeper == Piece.CLOSED_HAT && dice.chance(0.06);
            double accent = step % 4 == 0 ? dice.uniform(0.6, 0.9) : dice.uniform(0.3, 0.75);
            strike(open ? Piece.OPEN_HAT : timekeeper, beat, accent * 0.5, dice);
        }
        if (dice.chance(0.02)) {
            strike(dice.pick(COLOURS), beat, dice.uniform(0.3, 0.7), dice);
        }
    }

    private void playPercussion(int step, double beat, Dice dice) {
        if (step % timekeeperStep == 0) {
            strike(Piece.SHAKER, beat, dice.uniform(0.2, 0.5), dice);
        }
        if (conga[step]) {
            strike(dice.chance(0.5) ? Piece.LOW_CONGA : Piece.HIGH_CONGA, beat, dice.uniform(0.4, 0.9), dice);
        }
        if (kicks[step] && dice.chance(0.8)) {
            strike(Piece.KICK, beat, dice.uniform(0.5, 0.8), dice);
        }
        if (backbeats[step]) {
            strike(Piece.SIDE_STICK, beat, dice.uniform(0.4, 0.8), dice);
        }
    }

    private void strike(Piece piece, double beat, double velocity, Dice dice) {
        int start = timeline.frame(beat) + (int) (Math.max(0, dice.normal()) * 0.004 * SongGenerator.SAMPLE_RATE_HZ);
        if (start < timeline.lengthFrames()) {
            kit.strike(piece, start, velocity);
        }
    }
}
