package io.stemline.audio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Half a second of sound in every container and codec that is at hand, to be broken. */
final class IntactFiles {

    /** How the ffmpeg program makes a file, by the file's name; the codec comes first. */
    private static final Map<String, List<String>> RECIPES = new TreeMap<>(Map.ofEntries(
            Map.entry("pcm16.wav", List.of("pcm_s16le")),
            Map.entry("pcm8.wav", List.of("pcm_u8")),
            Map.entry("pcm32.wav", List.of("pcm_s32le")),
            Map.entry("float64.wav", List.of("pcm_f64le")),
            Map.entry("mulaw.wav", List.of("pcm_mulaw")),
            Map.entry("adpcm-ms.wav", List.of("adpcm_ms")),
            Map.entry("adpcm-ima.wav", List.of("adpcm_ima_wav")),
            Map.entry("rf64.wav", List.of("pcm_s16le", "-rf64", "always")),
            Map.entry("pcm.w64", List.of("pcm_s24le")),
            Map.entry("pcm.caf", List.of("pcm_s16be")),
            Map.entry("alac.caf", List.of("alac")),
            Map.entry("pcm.aiff", List.of("pcm_s16be")),
            Map.entry("pcm.au", List.of("pcm_s16be")),
            Map.entry("pcm.voc", List.of("pcm_u8")),
            Map.entry("plain.flac", List.of("flac")),
            Map.entry("ogg.oga", List.of("flac")),
            Map.entry("vorbis.ogg", List.of("libvorbis")),
            Map.entry("opus.opus", List.of("libopus")),
            Map.entry("speex.spx", List.of("libspeex", "-ar", "16000")),
            Map.entry("aac.m4a", List.of("aac")),
            Map.entry("alac.m4a", List.of("alac")),
            Map.entry("fragmented.mp4", List.of("aac", "-movflags", "frag_keyframe+empty_moov")),
            Map.entry("pcm.mov", List.of("pcm_s16le")),
            Map.entry("adts.aac", List.of("aac")),
            Map.entry("flac.mka", List.of("flac")),
            Map.entry("pcm.mka", List.of("pcm_s16le")),
            Map.entry("opus.webm", List.of("libopus")),
            Map.entry("vbr.mp3", List.of("libmp3lame", "-q:a", "4")),
            Map.entry("layer2.mp2", List.of("mp2")),
            Map.entry("dolby.ac3", List.of("ac3")),
            Map.entry("dolby.eac3", List.of("eac3")),
            Map.entry("dts.dts", List.of("dca", "-strict", "-2")),
            Map.entry("wavpack.wv", List.of("wavpack")),
            Map.entry("tta.tta", List.of("tta")),
            Map.entry("windows.wma", List.of("wmav2")),
            Map.entry("pcm.avi", List.of("pcm_s16le")),
            Map.entry("mp3.nut", List.of("libmp3lame")),
            Map.entry("aac.ts", List.of("aac")),
            Map.entry("six.flac", List.of("flac", "-ac", "6"))));

    private IntactFiles() {}

    /** The bytes of every file by its name; with the ffmpeg program many more than without. */
    static Map<String, byte[]> in(Path folder) throws IOException, InterruptedException {
        AudioBuffer sound = Signals.sines(44_100, 2, 22_050, 0.3);
        Map<String, byte[]> intact = new TreeMap<>();
        for (Encoding encoding : Encoding.values()) {
            Path file = folder.resolve(encoding.spelling() + ".own");
            AudioFiles.write(file, sound, encoding);
            intact.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
        intact.putAll(ofTheProgram(folder, folder.resolve(Encoding.WAV_24.spelling() + ".own")));
        return intact;
    }

    private static Map<String, byte[]> ofTheProgram(Path folder, Path source) throws IOException, InterruptedException {
        String encoders;
        try {
            Process listing = new ProcessBuilder("ffmpeg", "-hide_banner", "-encoders")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            encoders = new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            System.err.println("LESS TESTED: the program ffmpeg is not installed, only files of our own are broken");
            return Map.of();
        }
        List<Object> arguments = new ArrayList<>(List.of("-i", source));
        List<Path> files = new ArrayList<>();
        RECIPES.forEach((name, recipe) -> {
            if (encoders.contains(" " + recipe.getFirst() + " ")) {
                files.add(folder.resolve(name));
                arguments.addAll(List.of("-c:a", recipe.getFirst()));
                arguments.addAll(recipe.subList(1, recipe.size()));
                arguments.add(files.getLast());
            }
        });
        FfmpegProgram.run(arguments.toArray());
        Map<String, byte[]> made = new TreeMap<>();
        for (Path file : files) {
            made.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
        return made;
    }
}
