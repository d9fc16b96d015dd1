package io.stemline.training.songs;

import io.stemline.training.soundfont.Sampler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recorded drum kit. A piece is another sample at another velocity, and no two strokes in a row are alike: each piece and
 * velocity is played in a few slightly different tunings. A hi-hat that closes silences the open one.
 */
final class SampledKit implements Drummer.Kit {
    private static final int VELOCITY_STEPS = 10;
    private static final int VARIANTS = 2;
    private static final int RING_FRAMES = 3 * SongGenerator.SAMPLE_RATE_HZ;
    private static final int CHOKE_FRAMES = SongGenerator.SAMPLE_RATE_HZ / 40;

    private final Sampler sampler;
    private final Dice dice;
    private final double tuneCents;
    private final double width;
    private final double timingSeconds;
    private final Map<DrumKit.Piece, Integer> keys = new EnumMap<>(DrumKit.Piece.class);
    private final Map<DrumKit.Piece, Double> gains = new EnumMap<>(DrumKit.Piece.class);
    private final Map<Integer, float[][]> sounds = new HashMap<>();
    private final List<Stroke> strokes = new ArrayList<>();

    private record Stroke(DrumKit.Piece piece, int start, int velocity, int variant) {}

    SampledKit(Sampler sampler, long seed) {
        this.sampler = sampler;
        dice = Dice.of(seed, "sampled");
        tuneCents = dice.chance(0.6) ? dice.normal() * 80 : 0;
        width = dice.pick(1, 1, dice.uniform(), 0);
        timingSeconds = dice.chance(0.3) ? 0 : dice.uniform(0.001, 0.006);
        for (DrumKit.Piece piece : DrumKit.Piece.values()) {
            keys.put(piece, key(piece));
            gains.put(piece, Decibel.factor(dice.normal() * 2));
        }
    }

    /** Keys of the General MIDI percussion map. */
    private int key(DrumKit.Piece piece) {
        return switch (piece) {
            case KICK -> dice.pick(35, 36, 36);
            case SNARE -> dice.pick(38, 38, 40);
            case SIDE_STICK -> 37;
            case CLAP -> 39;
            case CLOSED_HAT -> dice.pick(42, 42, 42, 44);
            case OPEN_HAT -> 46;
            case RIDE -> dice.pick(51, 51, 59, 53);
            case CRASH -> dice.pick(49, 57, 55);
            case LOW_TOM -> dice.pick(41, 43, 45);
            case MIDDLE_TOM -> 47;
            case HIGH_TOM -> dice.pick(48, 50);
            case SHAKER -> dice.pick(82, 70, 69);
            case TAMBOURINE -> 54;
            case COWBELL -> 56;
            case LOW_CONGA -> dice.pick(64, 61, 66);
            case HIGH_CONGA -> dice.pick(63, 60, 65);
        };
    }

    @Override
    public void strike(DrumKit.Piece piece, int start, double velocity) {
        int late = (int) (dice.normal() * timingSeconds * SongGenerator.SAMPLE_RATE_HZ);
        double played = velocity * (1 + 0.08 * dice.normal());
        int step = (int) Math.clamp(Math.round(played * VELOCITY_STEPS), 1, VELOCITY_STEPS);
        strokes.add(new Stroke(piece, Math.max(0, start + late), step, dice.below(VARIANTS)));
    }

    /** All strokes so far, into the track. */
    void play(Track track) {
        strokes.sort(Comparator.comparingInt(Stroke::start));
        for (int i = 0; i < strokes.size(); i++) {
            Stroke stroke = strokes.get(i);
            float[][] sound = sounds.computeIfAbsent(
                    (stroke.piece.ordinal() * VELOCITY_STEPS + stroke.velocity - 1) * VARIANTS + stroke.variant,
                    whichever -> sound(stroke));
            if (stroke.piece == DrumKit.Piece.OPEN_HAT) {
                sound = choked(sound, closes(i) - stroke.start);
            }
            track.add(sound, stroke.start, gains.get(stroke.piece));
        }
        track.narrow(width);
    }

    private float[][] sound(Stroke stroke) {
        int key = keys.get(stroke.piece);
        int velocity = Math.clamp(stroke.velocity * 128L / VELOCITY_STEPS - 4, 1, 127);
        double cents = tuneCents + stroke.variant * 9;
        return sampler.play(key, cents, velocity, RING_FRAMES, RING_FRAMES, Sampler.Bend.NONE);
    }

    /** When the open hi-hat of a stroke is closed, in frames of the song. */
    private int closes(int open) {
        for (int i = open + 1; i < strokes.size(); i++) {
            DrumKit.Piece piece = strokes.get(i).piece;
            if (piece == DrumKit.Piece.CLOSED_HAT || piece == DrumKit.Piece.OPEN_HAT) {
                return strokes.get(i).start;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static float[][] choked(float[][] sound, int frames) {
        int length = (int) Math.min(sound[0].length, (long) frames + CHOKE_FRAMES);
        float[][] choked = new float[2][length];
        for (int channel = 0; channel < 2; channel++) {
            for (int i = 0; i < length; i++) {
                float fade = Math.clamp((float) ((long) frames + CHOKE_FRAMES - i) / CHOKE_FRAMES, 0f, 1f);
                choked[channel][i] = fade * sound[channel][i];
            }
        }
        return choked;
    }
}
