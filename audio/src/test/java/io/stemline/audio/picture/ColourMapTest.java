package io.stemline.audio.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourMapTest {

    /** Colours 0, 64, 100, 128, 200 and 255 of the published table of 256. */
    @ParameterizedTest
    @CsvSource({"0, 0x000004", "64, 0x51127c", "100, 0x892881", "128, 0xb73779", "200, 0xfd9869", "255, 0xfcfdbf"})
    void coloursAreMagmas(int index, String colour) {
        // When
        int drawn = ColourMap.magma(index / 255.0);

        // Then
        int published = Integer.decode(colour);
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(drawn >> shift & 0xff).isCloseTo(published >> shift & 0xff, within(3));
        }
    }

    @Test
    void brighterIsMoreFromEndToEnd() {
        double before = -1;
        for (int step = 0; step <= 100; step++) {
            int colour = ColourMap.magma(step / 100.0);
            double luminance = 0.2126 * linear(colour >> 16)
                    + 0.7152 * linear(colour >> 8 & 0xff)
                    + 0.0722 * linear(colour & 0xff);
            assertThat(luminance).isGreaterThan(before);
            before = luminance;
        }
    }

    @Test
    void valuesBeyondTheEndsHaveTheirColours() {
        assertThat(ColourMap.magma(-3)).isEqualTo(0x000004);
        assertThat(ColourMap.magma(7)).isEqualTo(0xfcfdbf);
        assertThat(ColourMap.magma(Double.NaN)).isEqualTo(0x000004);
    }

    private static double linear(int value) {
        return Math.pow(value / 255.0, 2.2);
    }
}
