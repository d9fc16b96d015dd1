package io.stemline.training.songs;

import io.stemline.training.soundfont.Preset;
import io.stemline.training.soundfont.Sampler;
import io.stemline.training.soundfont.SoundFont;
import io.stemline.training.soundfont.SoundFontException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The sound fonts from which parts may take recorded instruments; none is the normal case. */
public final class SoundFonts {
    private final List<SoundFont> fonts;

    private SoundFonts(List<SoundFont> fonts) {
        this.fonts = fonts;
    }

    /** No recorded instruments: everything is synthesised. */
    public static SoundFonts none() {
        return new SoundFonts(List.of());
    }

    /**
     * Opens files; their order does not matter.
     *
     * @throws SoundFontException when one is not there or not a SoundFont 2 file
     */
    public static SoundFonts open(List<Path> files) {
        return new SoundFonts(files.stream()
                .map(SoundFont::open)
                .sorted(Comparator.comparing(SoundFont::sha256))
                .toList());
    }

    boolean isEmpty() {
        return fonts.isEmpty();
    }

    /** The instruments that a part could take. */
    List<SampledSound> sounds(Predicate<Preset> wanted) {
        List<SampledSound> sounds = new ArrayList<>();
        for (SoundFont font : fonts) {
            for (Preset preset : font.presets()) {
                if (wanted.test(preset)) {
                    sounds.add(new SampledSound(font.sha256(), preset.bank(), preset.program(), preset.name()));
                }
            }
        }
        return sounds;
    }

    Sampler sampler(SampledSound sound) {
        SoundFont font = fonts.stream()
                .filter(candidate -> candidate.sha256().equals(sound.soundFont()))
                .findFirst()
                .orElseThrow(() -> new SoundFontException("'" + sound.name()
                        + "': the recipe takes it from the sound font with SHA-256 " + sound.soundFont()
                        + ", which is not among the " + fonts.size() + " given"));
        Preset preset = font.preset(sound.bank(), sound.program())
                .orElseThrow(() -> new SoundFontException(font + ": has no instrument in bank " + sound.bank()
                        + ", program " + sound.program() + " (the recipe asks for '" + sound.name() + "')"));
        return new Sampler(font, preset, preset.isDrumKit() ? 1 : Register.releaseSeconds(preset.program()));
    }
}
