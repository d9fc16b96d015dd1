package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Draws singers, and the way a song's vocals are processed. Most singers are ordinary: they sing, on an even voice. A few are
 * drawn from the whole range of voices and deliveries. A small network that learns from many unusual ones separates the usual
 * ones worse.
 */
final class VocalCasting {
    /** From 80 Hz to 12 kHz. */
    private static final double[] LIFTED_DB = {-2, -2, 0, 2, 4.5, 3, 0.5, 0};

    private static final double ORDINARY_SHARE = 0.9;
    private static final double[] FORMANT_LEVELS_DB = {0, -1, -3, -6, -8, -11, -13, -16};
    private static final double CHEST_LEVEL_DB = -17;
    private static final List<Double> EVEN_SCALES = Collections.nCopies(Articulation.FORMANTS, 1.0);
    private static final List<Double> NO_COLOURS_DB = Collections.nCopies(5, 0.0);

    private final Dice dice;

    /** Sorts of voices by how often they are heard. */
    private enum Sort {
        BASS,
        BARITONE,
        TENOR,
        ALTO,
        SOPRANO,
        CHILD
    }

    /** Ways of using the larynx. */
    private enum Manner {
        SOFT,
        MODAL,
        BELT,
        FALSETTO
    }

    private VocalCasting(Dice dice) {
        this.dice = dice;
    }

    static Part.Vocals cast(Dice dice, Speech speech) {
        return new VocalCasting(dice).vocals(speech);
    }

    private Part.Vocals vocals(Speech speech) {
        Channel channel = channel();
        boolean company = dice.chance(0.45);
        int doubles = company ? dice.pick(0, 1, 1, 2) : 0;
        int harmonies = company ? dice.pick(0, 1, 1, 2) : 0;
        long seed = dice.nextLong();
        boolean ordinary = dice.chance(ORDINARY_SHARE);
        double adLibs = !ordinary && dice.chance(0.2) ? dice.uniform(0.1, 0.5) : 0;
        Part.Voice voice = ordinary ? ordinaryVoice() : anyVoice();
        Dice formants = Dice.of(seed, "formants");
        Part.Timbre timbre = speech.timbre(Dice.of(seed, "timbre"))
                .orElseGet(() -> ordinary || formants.chance(0.5) ? parallel(formants) : new Part.Timbre.Cascade());
        return new Part.Vocals("vocals", seed, voice, timbre, doubles, harmonies, adLibs, channel);
    }

    private static Part.Timbre parallel(Dice dice) {
        double tiltDb = dice.uniform(-2.1, 1.9);
        List<Double> levelsDb = new ArrayList<>(List.of(0.0));
        for (int i = 1; i < FORMANT_LEVELS_DB.length; i++) {
            levelsDb.add(FORMANT_LEVELS_DB[i] + tiltDb * Math.min(i, 5) + dice.normal() * 2.5);
        }
        levelsDb.add(CHEST_LEVEL_DB + dice.normal() * 5);
        return new Part.Timbre.Parallel(levelsDb);
    }

    private Part.Voice ordinaryVoice() {
        boolean high = dice.chance(0.5);
        int lowest = high ? dice.pick(53, 55, 57, 60) : dice.pick(41, 43, 45, 48, 50);
        double scale = high ? dice.uniform(1, 1.22) : dice.uniform(0.85, 1);
        var throat = new Part.Throat(scale, EVEN_SCALES, dice.uniform(0.8, 1.5), 0, 0, NO_COLOURS_DB);
        var larynx = new Part.Larynx(
                dice.uniform(0.6, 1.4),
                dice.uniform(0.3, 0.6),
                lowest + 30,
                0,
                dice.uniform(-45, -25),
                0,
                dice.uniform(0.01, 0.06),
                0.002,
                0);
        var pitching = new Part.Pitching(
                dice.uniform(4.3, 6.8),
                dice.chance(0.75) ? dice.uniform(0.05, 0.7) : dice.uniform(0, 0.05),
                dice.uniform(0.1, 0.4),
                0,
                dice.uniform(0.015, 0.09),
                1,
                dice.uniform(0, 0.6),
                dice.uniform(0, 0.15),
                dice.uniform(0.05, 0.3),
                0,
                0);
        var diction = new Part.Diction(Part.Delivery.SUNG, 0, dice.uniform(0.4, 0.9), dice.uniform(), 0, 0.6);
        return new Part.Voice(lowest, dice.pick(9, 12, 14, 17), throat, larynx, pitching, diction);
    }

    private Part.Voice anyVoice() {
        Sort sort = dice.pick(List.of(
                Sort.BASS,
                Sort.BARITONE,
                Sort.BARITONE,
                Sort.BARITONE,
                Sort.TENOR,
                Sort.TENOR,
                Sort.TENOR,
                Sort.ALTO,
                Sort.ALTO,
                Sort.ALTO,
                Sort.ALTO,
                Sort.SOPRANO,
                Sort.SOPRANO,
                Sort.CHILD));
        Manner manner = dice.pick(List.of(
                Manner.SOFT,
                Manner.SOFT,
                Manner.MODAL,
                Manner.MODAL,
                Manner.MODAL,
                Manner.BELT,
                Manner.BELT,
                Manner.FALSETTO));
        int lowest = switch (sort) {
            case BASS -> dice.between(36, 41);
            case BARITONE -> dice.between(41, 46);
            case TENOR -> dice.between(45, 51);
            case ALTO -> dice.between(51, 57);
            case SOPRANO -> dice.between(56, 62);
            case CHILD -> dice.between(57, 63);
        };
        boolean raised = manner == Manner.FALSETTO && lowest < 52;
        Part.Diction diction = diction();
        int range = diction.delivery() == Part.Delivery.RAPPED ? dice.between(4, 8) : dice.pick(7, 9, 12, 14, 17);
        return new Part.Voice(
                raised ? lowest + 9 : lowest,
                range,
                throat(sort),
                larynx(manner, lowest),
                pitching(diction.delivery()),
                diction);
    }

    private Part.Throat throat(Sort sort) {
        double scale = switch (sort) {
            case BASS -> dice.uniform(0.84, 0.96);
            case BARITONE -> dice.uniform(0.9, 1.03);
            case TENOR -> dice.uniform(0.95, 1.08);
            case ALTO -> dice.uniform(1.06, 1.2);
            case SOPRANO -> dice.uniform(1.12, 1.26);
            case CHILD -> dice.uniform(1.25, 1.42);
        };
        List<Double> ownScales = new ArrayList<>();
        for (int i = 0; i < Articulation.FORMANTS; i++) {
            ownScales.add(1 + Math.clamp(dice.normal(), -2, 2) * (i < 2 ? 0.05 : 0.04));
        }
        List<Double> coloursDb = new ArrayList<>();
        coloursDb.add(dice.uniform(-2, 8));
        for (int i = 0; i < 4; i++) {
            coloursDb.add(dice.normal() * 4);
        }
        return new Part.Throat(
                scale,
                ownScales,
                dice.logUniform(0.65, 1.7),
                dice.chance(0.35) ? dice.uniform(0.3, 1) : dice.uniform(0, 0.3),
                dice.chance(0.3) ? dice.uniform(0.2, 0.9) : dice.uniform(0, 0.15),
                coloursDb);
    }

    private Part.Larynx larynx(Manner manner, int lowest) {
        double shape = switch (manner) {
            case SOFT -> dice.uniform(1.4, 2.3);
            case MODAL -> dice.uniform(0.8, 1.5);
            case BELT -> dice.uniform(0.38, 0.8);
            case FALSETTO -> dice.uniform(1.5, 2.4);
        };
        double breathDb = switch (manner) {
            case SOFT -> dice.uniform(-34, -16);
            case MODAL -> dice.uniform(-46, -28);
            case BELT -> dice.uniform(-52, -34);
            case FALSETTO -> dice.uniform(-40, -20);
        };
        return new Part.Larynx(
                shape,
                dice.uniform(0.3, 1.6),
                lowest + dice.uniform(8, 17),
                manner == Manner.BELT ? dice.uniform(0, 0.2) : dice.uniform(0, 1.2),
                breathDb,
                manner == Manner.BELT && dice.chance(0.35) ? dice.uniform(0.1, 0.5) : dice.uniform(0, 0.05),
                dice.uniform(0.01, 0.07),
                dice.uniform(0.001, 0.009),
                dice.chance(0.5) ? dice.uniform(0.1, 0.6) : 0);
    }

    private Part.Pitching pitching(Part.Delivery delivery) {
        boolean vibrates = delivery == Part.Delivery.SUNG && dice.chance(0.75);
        boolean corrected = dice.chance(0.15);
        return new Part.Pitching(
                dice.uniform(4.3, 6.8),
                vibrates ? dice.uniform(0.05, 0.8) : dice.uniform(0, 0.05),
                dice.uniform(0.1, 0.6),
                dice.uniform(0, 2.5),
                dice.logUniform(0.02, 0.13),
                dice.uniform(0.55, 1.1),
                dice.uniform(0, 0.6),
                dice.uniform(0, 0.25),
                dice.uniform(0.05, 0.3),
                dice.chance(0.3) ? dice.uniform(0.15, 0.35) : dice.uniform(0, 0.15),
                corrected ? dice.uniform(0.8, 1) : 0);
    }

    private Part.Diction diction() {
        Part.Delivery delivery = dice.pick(List.of(
                Part.Delivery.SUNG,
                Part.Delivery.SUNG,
                Part.Delivery.SUNG,
                Part.Delivery.SUNG,
                Part.Delivery.SUNG,
                Part.Delivery.SUNG,
                Part.Delivery.SUNG,
                Part.Delivery.RAPPED,
                Part.Delivery.SHOUTED));
        return new Part.Diction(
                delivery,
                dice.chance(0.3) ? dice.uniform(0.05, 0.4) : 0,
                dice.uniform(0.45, 0.95),
                delivery == Part.Delivery.RAPPED ? dice.uniform(0.95, 1) : dice.uniform(0, 0.9),
                dice.chance(0.5) ? dice.uniform(0.03, 0.4) : 0,
                dice.uniform(0, 1));
    }

    private Channel channel() {
        List<Effect> effects = new ArrayList<>();
        if (dice.chance(0.85)) {
            effects.add(new Effect.Compression(dice.uniform(0.1, 0.75), dice.logUniform(0.01, 0.12)));
        }
        effects.add(equaliser());
        effects.add(new Effect.Band(dice.uniform(60, 180), dice.uniform(11_000, 20_000)));
        if (dice.chance(0.3)) {
            effects.add(new Effect.Saturation(dice.uniform(-8, 8)));
        }
        if (dice.chance(0.04)) {
            effects.add(new Effect.Band(dice.uniform(250, 500), dice.uniform(2800, 4200)));
        }
        addSpace(effects);
        double pan = dice.chance(0.8) ? dice.uniform(-0.12, 0.12) : dice.uniform(-0.5, 0.5);
        return new Channel(dice.uniform(-4, 4.5), pan, effects);
    }

    /**
     * Eight bands, an octave each: all of them a little, one or two between 80 and 700 Hz much, and on average as engineers lift a
     * voice out of a mix.
     */
    private Effect.Equaliser equaliser() {
        double[] gainsDb = LIFTED_DB.clone();
        for (int band = 0; band < gainsDb.length; band++) {
            gainsDb[band] += dice.normal() * 2.8;
        }
        for (int i = dice.below(3); i > 0; i--) {
            gainsDb[dice.between(0, 3)] += dice.uniform(-9, 7);
        }
        double presenceDb = dice.uniform(-5, 8);
        gainsDb[6] += 0.6 * presenceDb;
        gainsDb[7] += presenceDb;
        List<Double> gains = new ArrayList<>();
        for (double gainDb : gainsDb) {
            gains.add(gainDb);
        }
        return new Effect.Equaliser(gains);
    }

    private void addSpace(List<Effect> effects) {
        if (dice.chance(0.35)) {
            boolean slap = dice.chance(0.5);
            effects.add(new Effect.Echo(
                    slap ? dice.uniform(0.06, 0.14) : dice.uniform(0.15, 0.5), dice.uniform(slap ? -18 : -22, -8)));
        }
        if (dice.chance(0.88)) {
            double seconds = switch (dice.below(3)) {
                case 0 -> dice.uniform(0.2, 0.7);
                case 1 -> dice.uniform(0.8, 2);
                default -> dice.uniform(1.5, 3.5);
            };
            effects.add(new Effect.Reverb(
                    dice.uniform(-30, -8), seconds, dice.uniform(2500, 10_000), dice.uniform(0.002, 0.09)));
        }
    }
}
