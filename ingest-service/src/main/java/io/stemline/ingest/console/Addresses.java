package io.stemline.ingest.console;

import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses with parameters. */
public final class Addresses {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private Addresses() {}

    /** The path with its parameters, percent-encoded; no question mark where there are none. */
    public static String of(String path, Map<String, String> parameters) {
        return parameters.isEmpty()
                ? path
                : parameters.entrySet().stream()
                        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    /** An id as part of an address: {@code <a href="/lineage/{address:path(id)}">}. Its slashes stay. */
    @TemplateExtension(namespace = "address")
    public static String path(String id) {
        return Arrays.stream(id.split("/", -1)).map(Addresses::encoded).collect(Collectors.joining("/"));
    }

    /** Whether a text is the id of something, by its looks, and not a fact in words. */
    @TemplateExtension(namespace = "address")
    public static boolean leads(String text) {
        return ID.matcher(text).matches();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
