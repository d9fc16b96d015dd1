package io.stemline.training.songs;

/** The pitches in which an instrument of General MIDI is played. */
record Register(int lowest, int highest) {

    static Register of(int program) {
        return switch (program) {
            case 8, 9, 10, 14, 72, 78, 79 -> new Register(67, 103);
            case 11, 12, 13, 98, 108 -> new Register(53, 96);
            case 24, 25, 26, 27, 28, 29, 30, 31 -> new Register(40, 84);
            case 32, 33, 34, 35, 36, 37, 38, 39, 43, 87 -> new Register(28, 60);
            case 40, 110 -> new Register(55, 93);
            case 41 -> new Register(48, 81);
            case 42, 58, 70 -> new Register(36, 69);
            case 56, 59, 68, 69 -> new Register(55, 84);
            case 57, 60, 66, 67, 71 -> new Register(45, 76);
            case 64, 65, 109, 111, 21, 22 -> new Register(53, 86);
            case 73, 74, 75, 77 -> new Register(60, 93);
            case 104, 105, 106, 107 -> new Register(48, 84);
            default -> new Register(33, 96);
        };
    }

    /** How long a note lasts after its end: strings of guitars are damped by the hand, those of a piano by felt. */
    static double releaseSeconds(int program) {
        boolean plucked = (program >= 24 && program < 40) || (program >= 104 && program < 108);
        boolean sustained = (program >= 44 && program < 55) || (program >= 88 && program < 104);
        return plucked ? 0.3 : sustained ? 1.5 : 0.7;
    }

    /** The same note, in the nearest octave that lies within. */
    int fold(int pitch) {
        int folded = pitch;
        while (folded < lowest) {
            folded += 12;
        }
        while (folded > highest && folded - 12 >= lowest) {
            folded -= 12;
        }
        return folded;
    }
}
