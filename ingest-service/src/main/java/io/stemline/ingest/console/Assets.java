package io.stemline.ingest.console;

import io.quarkus.qute.TemplateGlobal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;

/** The console's own style sheet and scripts. Browsers keep them for long, so their addresses change with their content. */
@TemplateGlobal
public final class Assets {
    private static final String FOLDER = "META-INF/resources/console/";
    private static final List<String> FILES = List.of("console.css", "live.js", "selection.js", "player.js");

    /** What follows the question mark in the addresses of the console's own files. */
    static final String ASSETS = fingerprint();

    private Assets() {}

    private static String fingerprint() {
        var sum = new CRC32();
        for (String file : FILES) {
            try (InputStream content = Assets.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
                sum.update(content.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
