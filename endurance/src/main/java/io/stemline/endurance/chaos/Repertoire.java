package io.stemline.endurance.chaos;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.endurance.chaos.Submitted.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Files to submit, in portions, all of it following from a seed: short tracks, copies of earlier ones under another name, and among them
 * what cannot be separated.
 */
final class Repertoire {
    private static final AudioFormat FORMAT = new AudioFormat(22_050, 2);
    private static final int SHORTEST_FRAMES = 11_025;

    private final Path folder;
    private final Random random;
    private final List<Path> good = new ArrayList<>();
    private int made;

    Repertoire(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    /**
     * Files that are submitted together.
     *
     * @param ordinary submitted by path
     * @param uploaded sent as the body of a request
     * @param unknownModel submitted by path, to be separated by a model that does not exist
     * @param outside put into the object store and announced by another system
     */
    record Portion(List<Path> ordinary, List<Path> uploaded, List<Path> unknownModel, List<Path> outside) {}

    /** Makes the next files and notes what must become of them. */
    Portion next(int size, Ledger ledger) throws IOException {
        var portion = new Portion(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int n = 0; n < size; n++) {
            int kind = random.nextInt(100);
            if (kind < 66) {
                portion.ordinary().add(noted(track(), Fate.DONE, ledger));
            } else if (kind < 74) {
                portion.uploaded().add(noted(track(), Fate.DONE, ledger));
            } else if (kind < 80 && !good.isEmpty()) {
                portion.ordinary().add(noted(copy(), Fate.DONE, ledger));
            } else if (kind < 87) {
                portion.unknownModel().add(noted(track(), Fate.DEAD_LETTER, ledger));
            } else if (kind < 92) {
                portion.outside().add(noted(track(), Fate.DONE_WITHOUT_ENTRY, ledger));
            } else {
                portion.ordinary().add(noted(poison(kind), Fate.REFUSED, ledger));
            }
        }
        return portion;
    }

    private Path noted(Path file, Fate fate, Ledger ledger) throws IOException {
        if (fate == Fate.DONE) {
            good.add(file);
        }
        ledger.note(new Submitted(
                file.getFileName().toString(),
                fate,
                fate == Fate.REFUSED ? "" : new DigestUtils(SHA_256).digestAsHex(file)));
        return file;
    }

    private Path track() {
        Path file = named("track", ".wav");
        int frames = SHORTEST_FRAMES + random.nextInt(2 * SHORTEST_FRAMES);
        var samples = new float[FORMAT.channels()][frames];
        for (float[] channel : samples) {
            for (int i = 0; i < frames; i++) {
                channel[i] = random.nextFloat() - 0.5f;
            }
        }
        AudioFiles.write(file, new AudioBuffer(FORMAT, samples), Encoding.WAV_16);
        return file;
    }

    private Path copy() throws IOException {
        return Files.copy(good.get(random.nextInt(good.size())), named("copy", ".wav"));
    }

    private Path poison(int kind) throws IOException {
        return switch (kind % 4) {
            case 0 -> Files.writeString(named("text", ".wav"), "This is not a song. ".repeat(100));
            case 1 -> Files.createFile(named("empty", ".flac"));
            case 2 -> cutWithinItsHeader();
            default -> named("missing", ".mp3");
        };
    }

    private Path cutWithinItsHeader() throws IOException {
        byte[] whole = "RIFF\u0024\u0000\u0000\u0000WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1);
        return Files.write(named("cut", ".wav"), whole);
    }

    private Path named(String kind, String ending) {
        made++;
        return folder.resolve("%s-%05d%s".formatted(kind, made, ending));
    }
}
