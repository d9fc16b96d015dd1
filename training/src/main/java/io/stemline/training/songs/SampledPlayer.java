package io.stemline.training.songs;

import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.sin;

import io.stemline.training.soundfont.Sampler;
import java.util.List;

/** Plays written notes on a recorded instrument as a person would: neither quite in time nor all alike. */
final class SampledPlayer {
    private static final double SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;

    private final Sampler sampler;
    private final Register register;
    private final int program;
    private final List<SongRecipe.Section> sections;
    private final Timeline timeline;
    private final Dice dice;
    private final double timingSeconds;
    private final double touch;
    private final double hardness;
    private final double tuneCents;

    private SampledPlayer(
            Sampler sampler, int program, List<SongRecipe.Section> sections, Timeline timeline, Dice dice) {
        this.sampler = sampler;
        this.program = program;
        this.sections = sections;
        this.timeline = timeline;
        this.dice = dice;
        register = Register.of(program);
        timingSeconds = dice.chance(0.25) ? 0 : dice.uniform(0.002, 0.012);
        touch = dice.uniform(0.03, 0.12);
        hardness = dice.uniform(0.6, 1);
        tuneCents = dice.normal() * 4;
    }

    static void bass(
            Sampler sampler,
            SampledSound sound,
            Part.Bass part,
            List<SongRecipe.Section> sections,
            Timeline timeline,
            Track track) {
        Dice dice = Dice.of(part.seed(), "sampled");
        SampledPlayer player = new SampledPlayer(sampler, sound.program(), sections, timeline, dice);
        List<Note> notes = new BassPlayer(part, timeline).lines(sections);
        float[] dry = mono(player.take(notes, 0, note -> player.slideInto(note, 0.06)));
        if (dice.chance(0.35)) {
            Saturator.asymmetric(dry, dry.length, (float) dice.uniform(1, 6), 0.1f);
            Biquad.lowPass(dice.uniform(2_500, 6_000), 0.7).filter(dry);
        }
        track.add(dry, dry.length, 0, 1, 0);
    }

    static void chords(
            Sampler sampler,
            SampledSound sound,
            Part.Chords part,
            List<SongRecipe.Section> sections,
            Timeline timeline,
            Track track) {
        Dice dice = Dice.of(part.seed(), "sampled");
        SampledPlayer player = new SampledPlayer(sampler, sound.program(), sections, timeline, dice);
        List<Note> notes = Accompanist.write(part, sections, timeline);
        switch (part.sound()) {
            case DISTORTED_GUITARS -> player.amplifiedGuitars(notes, track);
            case PLUCKED_GUITAR -> player.guitars(notes, track);
            default -> {
                track.add(player.take(notes, 0, note -> Sampler.Bend.NONE), 1);
                track.narrow(dice.pick(1, 1, dice.uniform(), 0));
            }
        }
    }

    static void lead(
            Sampler sampler,
            SampledSound sound,
            Part.Lead part,
            List<SongRecipe.Section> sections,
            Timeline timeline,
            Track track) {
        Dice dice = Dice.of(part.seed(), "sampled");
        SampledPlayer player = new SampledPlayer(sampler, sound.program(), sections, timeline, dice);
        List<Note> melody = LeadPlayer.melody(part, sections, timeline);
        double vibratoCents = dice.chance(0.6) ? dice.uniform(5, 45) : 0;
        double vibratoHz = dice.uniform(4.5, 6.8);
        double slides = dice.uniform(0, 0.5);
        float[] dry = mono(player.take(melody, 0, note -> player.sing(note, slides, vibratoCents, vibratoHz)));
        if (part.sound() == Part.LeadSound.DISTORTED_GUITAR && dice.chance(0.6)) {
            level(dry);
            Guitars.amplify(dry, dice.uniform(2, 18), dice);
        }
        track.add(dry, dry.length, 0, 1, 0);
    }

    /** Recorded once, or twice and put to both sides. */
    private void guitars(List<Note> notes, Track track) {
        if (dice.chance(0.55)) {
            track.add(take(notes, 0, note -> Sampler.Bend.NONE), 1);
            return;
        }
        double width = dice.uniform(0.3, 1);
        for (int side = -1; side <= 1; side += 2) {
            float[] dry = mono(take(notes, 0.004, note -> Sampler.Bend.NONE));
            track.add(dry, dry.length, 0, 1, width * side);
        }
    }

    /** As {@link Guitars#distorted}: the strings of one take go through one amplifier together. */
    private void amplifiedGuitars(List<Note> notes, Track track) {
        boolean clean = program != 29 && program != 30;
        double driveDb = clean ? dice.uniform(10, 30) : dice.uniform(-6, 10);
        double width = dice.uniform(0.5, 1);
        boolean twice = dice.chance(0.65);
        for (int take = 0; take < (twice ? 2 : 1); take++) {
            float[] dry = mono(take(notes, 0.004 + 0.004 * take, note -> Sampler.Bend.NONE));
            if (clean || dice.chance(0.7)) {
                level(dry);
                Guitars.amplify(dry, driveDb, dice);
            }
            track.add(dry, dry.length, 0, 1, twice ? width * (2 * take - 1) : dice.uniform(-0.6, 0.6));
        }
    }

    private static void level(float[] dry) {
        double level = MixingDesk.rms(dry);
        float gain = level > 0 ? (float) (0.2 / level) : 0;
        for (int i = 0; i < dry.length; i++) {
            dry[i] *= gain;
        }
    }

    private interface Ornament {
        Sampler.Bend of(Note note);
    }

    private Track take(List<Note> notes, double loosenessSeconds, Ornament ornament) {
        Track take = new Track(timeline.lengthFrames());
        double late = dice.uniform(0, 1) * loosenessSeconds;
        double takeCents = tuneCents + (loosenessSeconds > 0 ? dice.normal() * 3 : 0);
        for (Note note : notes) {
            double jitter = dice.normal() * (timingSeconds + loosenessSeconds) + late;
            int start = Math.max(0, timeline.frame(note.beat()) + (int) (jitter * SAMPLE_RATE_HZ));
            int held = (int) (note.beats() * timeline.secondsPerBeat() * SAMPLE_RATE_HZ);
            int pitch = register.fold(note.pitch());
            int room = timeline.lengthFrames() - start;
            if (room > 64 && held > 64 && sampler.sounds(pitch)) {
                float[][] sound = sampler.play(pitch, takeCents, velocity(note), held, room, ornament.of(note));
                take.add(sound, start, 1);
            }
        }
        return take;
    }

    private int velocity(Note note) {
        double section = loudness(timeline.section(sections, note.beat()));
        double played = note.velocity() * hardness * section * (1 + touch * dice.normal());
        return Math.clamp(Math.round(played * 127), 12, 127);
    }

    /** Songs rise towards their choruses. */
    static double loudness(SongRecipe.Kind kind) {
        return switch (kind) {
            case INTRO, OUTRO -> 0.8;
            case VERSE -> 0.87;
            case BREAK -> 0.82;
            case CHORUS -> 1;
        };
    }

    private Sampler.Bend slideInto(Note note, double share) {
        if (!dice.chance(share)) {
            return Sampler.Bend.NONE;
        }
        double from = dice.pick(-100, -200, -200, 100);
        double seconds = Math.min(dice.uniform(0.02, 0.09), note.beats() * timeline.secondsPerBeat() / 3);
        return time -> from * exp(-2 * time / seconds);
    }

    /** Slides into a note from its neighbour, and vibrato that sets in on long ones. */
    private Sampler.Bend sing(Note note, double slides, double vibratoCents, double vibratoHz) {
        Sampler.Bend slide = slideInto(note, slides);
        if (vibratoCents == 0 || note.beats() * timeline.secondsPerBeat() < 0.25) {
            return slide;
        }
        double delay = dice.uniform(0.1, 0.3);
        double cycle = 2 * Math.PI * vibratoHz * dice.uniform(0.95, 1.05);
        return time -> slide.cents(time) + vibratoCents * Math.clamp((time - delay) * 4, 0, 1) * sin(cycle * time);
    }

    private static float[] mono(Track track) {
        float[] mono = new float[track.lengthFrames()];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = 0.5f * (track.left[i] + track.right[i]);
        }
        return mono;
    }
}
