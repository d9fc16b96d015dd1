package io.stemline.training.soundfont;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

class SoundFontFuzzTest {

    @FuzzTest
    void whatIsReadIsASoundFontOrRefusedByName(byte[] bytes) {
        try {
            var reader = new SoundFontReader(
                    Path.of("some.sf2"), ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            assertThat(reader.presets()).doesNotContainNull();
            assertThat(reader.recordings()).isNotNull();
        } catch (SoundFontException e) {
            assertThat(e).hasMessageStartingWith("some.sf2: ");
        }
    }
}
