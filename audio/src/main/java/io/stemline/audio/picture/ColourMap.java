package io.stemline.audio.picture;

/**
 * Colours for values from 0 to 1 in which equal steps look equally far apart, also without colour and to most people with
 * a colour vision deficiency: "magma", from black over purple and orange to pale yellow.
 *
 * <p>Magma is by Stéfan van der Walt and Nathaniel Smith (2015, https://bids.github.io/colormap) and in the public domain
 * under CC0. Kept here is every 15th of its 256 colours; the colours between, interpolated, are within 3 of 255 of theirs.
 */
public final class ColourMap {

    private static final int[] MAGMA = {
        0x000004, 0x090720, 0x1a1042, 0x311165, 0x4a1079, 0x621980, 0x792282, 0x912b81, 0xaa337d,
        0xc23b75, 0xd9466b, 0xec5860, 0xf7725c, 0xfc8e64, 0xfeaa74, 0xfec68a, 0xfde2a3, 0xfcfdbf
    };

    private static final int SHADES = 1024;

    private static final int[] SHADED = shaded();

    private ColourMap() {}

    /** The colour as {@code 0xRRGGBB}; values below 0 and above 1 have the colours of the ends. */
    public static int magma(double value) {
        // Not a number becomes 0, too.
        return SHADED[(int) Math.max(0, Math.min(SHADES, Math.rint(value * SHADES)))];
    }

    private static int[] shaded() {
        int[] shaded = new int[SHADES + 1];
        for (int shade = 0; shade <= SHADES; shade++) {
            double position = (double) shade / SHADES * (MAGMA.length - 1);
            int below = Math.min((int) position, MAGMA.length - 2);
            shaded[shade] = between(MAGMA[below], MAGMA[below + 1], position - below);
        }
        return shaded;
    }

    private static int between(int one, int other, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = one >> shift & 0xff;
            int to = other >> shift & 0xff;
            mixed |= (int) Math.rint(from + share * (to - from)) << shift;
        }
        return mixed;
    }
}
