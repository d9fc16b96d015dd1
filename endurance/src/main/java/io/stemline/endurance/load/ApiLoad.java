package io.stemline.endurance.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API and the pages of a catalogue asked by wrk, a process of its own, over connections that never pause. */
final class ApiLoad {
    private static final int CONNECTIONS = 8;
    private static final String THREADS = "1";
    private static final Pattern LATENCY = Pattern.compile("(?m)^ +(50|99)% +([0-9.]+)(us|ms|s|m)");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
    private static final Map<String, Double> MILLIS = Map.of("us", 1e-3, "ms", 1.0, "s", 1e3, "m", 6e4);

    private final URI address;
    private final Duration each;

    /**
     * @param address of the ingest-service
     * @param each how long each path is asked
     */
    ApiLoad(URI address, Duration each) {
        this.address = address;
        this.each = each;
    }

    /** What people and programs ask of a catalogue that has this batch and this track. */
    static Map<String, String> paths(String batchId, String trackId) {
        var paths = new LinkedHashMap<String, String>();
        paths.put("batches", "/api/batches");
        paths.put("a batch", "/api/batches/" + batchId);
        paths.put("a track", "/api/tracks/" + trackId);
        paths.put("catalogue, newest", "/api/catalogue");
        paths.put("catalogue, a word that few have", "/api/catalogue?q=000123");
        paths.put("catalogue, a word that all have", "/api/catalogue?q=track");
        paths.put("catalogue, a state", "/api/catalogue?state=FAILED");
        paths.put("catalogue, a model", "/api/catalogue?model=null");
        paths.put("catalogue, by title", "/api/catalogue?sort=title&order=desc");
        paths.put("catalogue, by score", "/api/catalogue?sort=score");
        paths.put("catalogue's page", "/catalogue");
        paths.put("track's page", "/tracks/" + trackId);
        return paths;
    }

    /** Asks one path after another; returns a table. */
    List<String> run(Map<String, String> paths) throws IOException, InterruptedException {
        var lines = new ArrayList<>(List.of(
                "",
                "wrk, %d connections, %d s each:".formatted(CONNECTIONS, each.toSeconds()),
                "",
                "| asked | requests a second | median ms | 99 of 100 within ms | not answered well |",
                "| --- | --: | --: | --: | --: |"));
        for (Map.Entry<String, String> path : paths.entrySet()) {
            lines.add(line(path.getKey(), ask(path.getValue())));
        }
        return lines;
    }

    private String ask(String path) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t",
                        THREADS,
                        "-c",
                        Integer.toString(CONNECTIONS),
                        "-d",
                        each.toSeconds() + "s",
                        "--latency",
                        address.resolve(path).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0) {
            throw new IOException("wrk ended with %d: %s".formatted(wrk.exitValue(), said));
        }
        return said;
    }

    private static String line(String name, String said) {
        var millis = new LinkedHashMap<String, Double>();
        LATENCY.matcher(said)
                .results()
                .forEach(found ->
                        millis.put(found.group(1), Double.parseDouble(found.group(2)) * MILLIS.get(found.group(3))));
        return "| %s | %.0f | %.1f | %.1f | %.0f |"
                .formatted(
                        name,
                        number(RATE, said),
                        millis.getOrDefault("50", Double.NaN),
                        millis.getOrDefault("99", Double.NaN),
                        number(REFUSED, said));
    }

    private static double number(Pattern pattern, String said) {
        Matcher found = pattern.matcher(said);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
}
