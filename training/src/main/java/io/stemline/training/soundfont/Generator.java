package io.stemline.training.soundfont;

/** The parameters of a region that are understood, with their numbers and defaults (SoundFont 2.04, section 8.1). */
enum Generator {
    START_OFFSET(0, 0),
    END_OFFSET(1, 0),
    LOOP_START_OFFSET(2, 0),
    LOOP_END_OFFSET(3, 0),
    START_OFFSET_COARSE(4, 0),
    VIBRATO_TO_PITCH(6, 0),
    MODULATION_TO_PITCH(7, 0),
    FILTER_CENTS(8, 13_500),
    FILTER_Q(9, 0),
    MODULATION_TO_FILTER(11, 0),
    END_OFFSET_COARSE(12, 0),
    PAN(17, 0),
    VIBRATO_DELAY(23, -12_000),
    VIBRATO_FREQUENCY(24, 0),
    MODULATION_DELAY(25, -12_000),
    MODULATION_ATTACK(26, -12_000),
    MODULATION_HOLD(27, -12_000),
    MODULATION_DECAY(28, -12_000),
    MODULATION_SUSTAIN(29, 0),
    MODULATION_RELEASE(30, -12_000),
    VOLUME_DELAY(33, -12_000),
    VOLUME_ATTACK(34, -12_000),
    VOLUME_HOLD(35, -12_000),
    VOLUME_DECAY(36, -12_000),
    VOLUME_SUSTAIN(37, 0),
    VOLUME_RELEASE(38, -12_000),
    KEY_TO_HOLD(39, 0),
    KEY_TO_DECAY(40, 0),
    LOOP_START_OFFSET_COARSE(45, 0),
    ATTENUATION(48, 0),
    LOOP_END_OFFSET_COARSE(50, 0),
    COARSE_TUNE(51, 0),
    FINE_TUNE(52, 0),
    SAMPLE_MODES(54, 0),
    SCALE_TUNING(56, 100),
    ROOT_KEY(58, -1);

    static final int INSTRUMENT = 41;
    static final int KEY_RANGE = 43;
    static final int VELOCITY_RANGE = 44;
    static final int SAMPLE = 53;
    static final int COUNT = 61;

    final int number;
    final int standard;

    Generator(int number, int standard) {
        this.number = number;
        this.standard = standard;
    }

    /** Whether a preset's value is added to the instrument's: not for places in the recording and the root key. */
    boolean addsUp() {
        return switch (this) {
            case START_OFFSET,
                    END_OFFSET,
                    LOOP_START_OFFSET,
                    LOOP_END_OFFSET,
                    START_OFFSET_COARSE,
                    END_OFFSET_COARSE,
                    LOOP_START_OFFSET_COARSE,
                    LOOP_END_OFFSET_COARSE,
                    SAMPLE_MODES,
                    ROOT_KEY -> false;
            default -> true;
        };
    }
}
