package io.stemline.training.soundfont;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the structure of a SoundFont 2 file (SoundFont Technical Specification 2.04): chunks of a RIFF file, of which those
 * of {@code pdta} are tables that refer to one another. Modulators are left out: what a player's wheels and pedals do.
 */
final class SoundFontReader {
    private static final int PRESET_BYTES = 38;
    private static final int INSTRUMENT_BYTES = 22;
    private static final int ZONE_BYTES = 4;
    private static final int GENERATOR_BYTES = 4;
    private static final int SAMPLE_BYTES = 46;
    private static final int NAME_BYTES = 20;
    /** Set in the type of a sample that is in a synthesiser's ROM and not in the file. */
    private static final int IN_ROM = 0x8000;

    private static final Comparator<Preset> ORDER =
            Comparator.comparingInt(Preset::bank).thenComparingInt(Preset::program);

    private final Path file;
    private final Map<String, ByteBuffer> chunks = new HashMap<>();
    private final List<Preset> presets = new ArrayList<>();

    SoundFontReader(Path file, ByteBuffer bytes) {
        this.file = file;
        try {
            readChunks(bytes);
            readPresets();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new SoundFontException(file + ": not a whole SoundFont 2 file (" + e.getMessage() + ")", e);
        }
        presets.sort(ORDER);
    }

    List<Preset> presets() {
        return List.copyOf(presets);
    }

    ShortBuffer recordings() {
        return chunk("smpl").asShortBuffer();
    }

    private void readChunks(ByteBuffer bytes) {
        if (bytes.limit() < 12
                || !text(bytes, 0, 4).equals("RIFF")
                || !text(bytes, 8, 4).equals("sfbk")) {
            throw new SoundFontException(file + ": not a SoundFont 2 file (it does not start with RIFF and sfbk)");
        }
        int at = 12;
        while (at + 8 <= bytes.limit()) {
            String name = text(bytes, at, 4);
            int length = bytes.getInt(at + 4);
            if (name.equals("LIST")) {
                at += 12;
            } else {
                chunks.put(name, slice(bytes, at + 8, length));
                at += 8 + length + (length & 1);
            }
        }
    }

    private static ByteBuffer slice(ByteBuffer bytes, int from, int length) {
        return bytes.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer chunk(String name) {
        ByteBuffer chunk = chunks.get(name);
        if (chunk == null) {
            throw new SoundFontException(file + ": not a whole SoundFont 2 file (it has no chunk " + name + ")");
        }
        return chunk;
    }

    private static String text(ByteBuffer bytes, int from, int length) {
        byte[] characters = new byte[length];
        bytes.get(from, characters);
        int end = 0;
        while (end < length && characters[end] != 0) {
            end++;
        }
        return new String(characters, 0, end, StandardCharsets.ISO_8859_1).strip();
    }

    /** The last record of every table only marks the end of the one before. */
    private void readPresets() {
        ByteBuffer headers = chunk("phdr");
        for (int at = 0; at + 2 * PRESET_BYTES <= headers.limit(); at += PRESET_BYTES) {
            int program = headers.getShort(at + NAME_BYTES);
            int bank = headers.getShort(at + NAME_BYTES + 2);
            int firstZone = Short.toUnsignedInt(headers.getShort(at + NAME_BYTES + 4));
            int endZone = Short.toUnsignedInt(headers.getShort(at + NAME_BYTES + 4 + PRESET_BYTES));
            List<Region> regions = new ArrayList<>();
            Zone all = Zone.EMPTY;
            for (int zone = firstZone; zone < endZone; zone++) {
                Zone read = zone("pbag", "pgen", zone);
                if (read.has(Generator.INSTRUMENT)) {
                    addInstrument(read.over(all), regions);
                } else if (zone == firstZone) {
                    all = read;
                }
            }
            presets.add(new Preset(bank, program, text(headers, at, NAME_BYTES), regions));
        }
    }

    private void addInstrument(Zone presetZone, List<Region> regions) {
        ByteBuffer headers = chunk("inst");
        int at = presetZone.get(Generator.INSTRUMENT) * INSTRUMENT_BYTES;
        int firstZone = Short.toUnsignedInt(headers.getShort(at + NAME_BYTES));
        int endZone = Short.toUnsignedInt(headers.getShort(at + NAME_BYTES + INSTRUMENT_BYTES));
        Zone all = Zone.EMPTY;
        for (int zone = firstZone; zone < endZone; zone++) {
            Zone read = zone("ibag", "igen", zone);
            if (read.has(Generator.SAMPLE)) {
                addRegion(presetZone, read.over(all), regions);
            } else if (zone == firstZone) {
                all = read;
            }
        }
    }

    private void addRegion(Zone presetZone, Zone instrumentZone, List<Region> regions) {
        ByteBuffer headers = chunk("shdr");
        int at = instrumentZone.get(Generator.SAMPLE) * SAMPLE_BYTES;
        Region.Range keys = presetZone.range(Generator.KEY_RANGE).and(instrumentZone.range(Generator.KEY_RANGE));
        Region.Range velocities =
                presetZone.range(Generator.VELOCITY_RANGE).and(instrumentZone.range(Generator.VELOCITY_RANGE));
        if (keys.isEmpty() || velocities.isEmpty() || (headers.getShort(at + 44) & IN_ROM) != 0) {
            return;
        }
        Map<Generator, Integer> values = new EnumMap<>(Generator.class);
        for (Generator generator : Generator.values()) {
            int value = instrumentZone.getOr(generator.number, generator.standard);
            int more = generator.addsUp() ? presetZone.getOr(generator.number, 0) : 0;
            values.put(generator, value + more);
        }
        Region region = new Region(keys, velocities, sample(headers, at), values);
        if (region.start() < 0 || region.end() * 2L > chunk("smpl").limit() || region.end() <= region.start()) {
            throw new SoundFontException(file + ": not a whole SoundFont 2 file (the recording '"
                    + region.sample().name() + "' lies outside of it)");
        }
        regions.add(region);
    }

    private static Sample sample(ByteBuffer headers, int at) {
        int key = Byte.toUnsignedInt(headers.get(at + 40));
        return new Sample(
                text(headers, at, NAME_BYTES),
                headers.getInt(at + 20),
                headers.getInt(at + 24),
                headers.getInt(at + 28),
                headers.getInt(at + 32),
                headers.getInt(at + 36),
                key > 127 ? 60 : key,
                headers.get(at + 41));
    }

    private Zone zone(String bagChunk, String generatorChunk, int zone) {
        ByteBuffer bags = chunk(bagChunk);
        ByteBuffer generators = chunk(generatorChunk);
        int first = Short.toUnsignedInt(bags.getShort(zone * ZONE_BYTES));
        int end = Short.toUnsignedInt(bags.getShort((zone + 1) * ZONE_BYTES));
        Map<Integer, Integer> values = new HashMap<>();
        for (int i = first; i < end; i++) {
            int number = generators.getShort(i * GENERATOR_BYTES);
            values.put(number, (int) generators.getShort(i * GENERATOR_BYTES + 2));
        }
        return new Zone(values);
    }

    /** The values that a zone sets, by the generators' numbers. */
    private record Zone(Map<Integer, Integer> values) {
        static final Zone EMPTY = new Zone(Map.of());

        boolean has(int generator) {
            return values.containsKey(generator);
        }

        /** An index, which is not negative. */
        int get(int generator) {
            return values.get(generator) & 0xFFFF;
        }

        int getOr(int generator, int standard) {
            return values.getOrDefault(generator, standard);
        }

        Region.Range range(int generator) {
            if (!has(generator)) {
                return Region.Range.ALL;
            }
            int packed = get(generator);
            return new Region.Range(packed & 0xFF, packed >> 8);
        }

        /** This zone's values, and the general ones where it has none. */
        Zone over(Zone general) {
            Map<Integer, Integer> merged = new HashMap<>(general.values);
            merged.putAll(values);
            return new Zone(merged);
        }
    }
}
