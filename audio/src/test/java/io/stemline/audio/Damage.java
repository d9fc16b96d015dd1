package io.stemline.audio;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Ways to break a file, each the same for the same seed. */
enum Damage {
    /** The file ends early, often within its header. */
    CUT {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            int most = random.nextBoolean() ? Math.min(512, intact.length) : intact.length;
            return Arrays.copyOf(intact, random.nextInt(1, most));
        }
    },
    /** Some bits of the whole file are turned over. */
    BITS_TURNED {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            return turned(intact, intact.length, 1 << random.nextInt(10), random);
        }
    },
    /** Some bits of the beginning are turned over. */
    HEADER_BITS_TURNED {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            return turned(intact, Math.min(HEADER_BYTES, intact.length), 1 << random.nextInt(5), random);
        }
    },
    /** A number in the header is another one: nothing, very large, negative, off by one bit. */
    LYING_HEADER {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            byte[] broken = intact.clone();
            for (int lies = random.nextInt(1, 4); lies > 0; lies--) {
                int bytes = 1 << random.nextInt(4);
                long lie = LIES[random.nextInt(LIES.length)];
                boolean bigEndian = random.nextBoolean();
                int at = random.nextInt(4, Math.min(HEADER_BYTES, broken.length - 8));
                for (int n = 0; n < bytes; n++) {
                    broken[at + n] = (byte) (lie >> 8 * (bigEndian ? bytes - 1 - n : n));
                }
            }
            return broken;
        }
    },
    /** A stretch holds zeros, ones or noise. */
    OVERWRITTEN {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            byte[] broken = intact.clone();
            int from = random.nextInt(broken.length);
            int to = Math.min(broken.length, from + random.nextInt(1, 1 + broken.length / 4));
            int kind = random.nextInt(3);
            for (int n = from; n < to; n++) {
                broken[n] = (byte) (kind == 0 ? 0 : kind == 1 ? -1 : random.nextInt());
            }
            return broken;
        }
    },
    /** A stretch from the middle is missing. */
    TORN_OUT {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            int from = random.nextInt(intact.length);
            int to = Math.min(intact.length, from + random.nextInt(1, 1 + intact.length / 2));
            return joined(Arrays.copyOf(intact, from), Arrays.copyOfRange(intact, to, intact.length));
        }
    },
    /** A stretch stands there many times: headers within headers. */
    REPEATED {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            int from = random.nextInt(Math.min(HEADER_BYTES, intact.length));
            int to = Math.min(intact.length, from + random.nextInt(1, HEADER_BYTES));
            byte[] stretch = Arrays.copyOfRange(intact, from, to);
            byte[] all = Arrays.copyOf(intact, to);
            byte[] more = new byte[stretch.length * random.nextInt(2, 200)];
            for (int n = 0; n < more.length; n++) {
                more[n] = stretch[n % stretch.length];
            }
            return joined(joined(all, more), Arrays.copyOfRange(intact, to, intact.length));
        }
    },
    /** The header of one file before the body of another, of another kind as a rule. */
    HEADER_OF_ANOTHER {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            int header = random.nextInt(8, Math.min(HEADER_BYTES, Math.min(intact.length, other.length)));
            return joined(Arrays.copyOf(other, header), Arrays.copyOfRange(intact, header, intact.length));
        }
    },
    /** Noise before the file, or another file behind it. */
    WITH_MORE {
        @Override
        byte[] done(byte[] intact, byte[] other, SplittableRandom random) {
            if (random.nextBoolean()) {
                return joined(intact, other);
            }
            byte[] noise = new byte[random.nextInt(1, 5000)];
            random.nextBytes(noise);
            return joined(noise, intact);
        }
    };

    private static final int HEADER_BYTES = 256;
    private static final long[] LIES = {
        0,
        1,
        -1,
        2,
        3,
        7,
        255,
        256,
        10_000,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        44_100,
        0x7FFF,
        0x8000,
        0xFFFF_FFF0L
    };

    /**
     * @param other another intact file
     */
    abstract byte[] done(byte[] intact, byte[] other, SplittableRandom random);

    private static byte[] turned(byte[] intact, int withinBytes, int bits, SplittableRandom random) {
        byte[] broken = intact.clone();
        for (int n = 0; n < bits; n++) {
            broken[random.nextInt(withinBytes)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return broken;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
