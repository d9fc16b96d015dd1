package io.stemline.cli.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.stemline.reports.Report;
import io.stemline.reports.files.ReportJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks the catalogue's API. */
public final class Catalogue implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /** A large catalogue or batch is gone through before the answer comes. */
    private static final Duration CATALOGUE_LIMIT = Duration.ofMinutes(15);

    private static final Duration REPORT_LIMIT = Duration.ofMinutes(10);
    private static final String EVENT_FIELD = "data:";
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The variable that the key comes from. */
    private static final String KEY = "STEMLINE_KEY";

    private final URI address;
    private final Optional<String> key;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** The API at an address, asked with the key of the environment where there is one. */
    public Catalogue(URI address) {
        this(address, Optional.ofNullable(System.getenv(KEY)).map(String::strip).filter(given -> !given.isEmpty()));
    }

    Catalogue(URI address, Optional<String> key) {
        this.address = address;
        this.key = key;
    }

    /**
     * How tracks are to be separated.
     *
     * @param modelId the model; the active one if empty
     * @param encoding how stems are written, in the API's words
     */
    public record Wish(Optional<String> modelId, String encoding) {}

    /** Submits files and folders. */
    public Batch submit(List<Path> paths, String name, Wish wish) {
        var body = new TreeMap<String, Object>();
        body.put("paths", paths.stream().map(Path::toString).toList());
        body.put("name", name);
        body.put("encoding", wish.encoding());
        wish.modelId().ifPresent(modelId -> body.put("modelId", modelId));
        return post("/api/batches", "application/json", write(body), new TypeReference<>() {});
    }

    /** Submits a manifest of JSON lines. */
    public Batch submitManifest(String jsonLines, String name, Wish wish) {
        var query = new TreeMap<>(Map.of("name", name, "encoding", wish.encoding()));
        wish.modelId().ifPresent(modelId -> query.put("modelId", modelId));
        return post(
                "/api/batches/manifest?" + encoded(query), "application/x-ndjson", jsonLines, new TypeReference<>() {});
    }

    /**
     * Has tracks separated again, behind all other work: either those older than a model, or those named.
     *
     * @param modelId the model that separates; the active one if empty
     */
    public Batch reseparate(Optional<String> olderThan, List<String> tracks, Optional<String> modelId) {
        var body = new TreeMap<String, Object>();
        olderThan.ifPresentOrElse(older -> body.put("olderThan", older), () -> body.put("tracks", tracks));
        modelId.ifPresent(id -> body.put("modelId", id));
        return post("/api/reseparations", "application/json", write(body), new TypeReference<>() {});
    }

    /** The newest batches, newest first. */
    public List<Batch> newestBatches(int limit) {
        return read(get("/api/batches?limit=" + limit), new TypeReference<>() {});
    }

    /**
     * Follows a batch until it is finished, or the connection ends, or the listener has heard enough.
     *
     * @param listener hears what changes; answers whether it wants to hear more
     * @throws CatalogueException if the connection breaks
     */
    public void follow(String batchId, Predicate<BatchProgress> listener) {
        var request = request("/api/batches/" + batchId + "/progress")
                .header("Accept", "text/event-stream")
                .build();
        try (var lines = new BufferedReader(new InputStreamReader(send(request), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EVENT_FIELD)
                        && !listener.test(read(line.substring(EVENT_FIELD.length()), new TypeReference<>() {}))) {
                    return;
                }
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Fetches the audio file of a stem. */
    public void fetchStem(String separationId, String stem, Path file) throws IOException {
        var request = request("/api/separations/" + separationId + "/stems/" + stem)
                .timeout(Duration.ofMinutes(10))
                .build();
        try (InputStream body = send(request)) {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The report on a batch. */
    public Report batchReport(String batchId) {
        return report("/api/reports/batches/" + encoded(batchId) + ".json");
    }

    /** The report on all that was made of a data set's tracks. */
    public Report datasetReport(String dataset) {
        return report("/api/reports/datasets/" + encoded(dataset) + ".json");
    }

    /** The report on all that models have separated. */
    public Report modelReport(List<String> modelIds) {
        return report(modelIds.stream()
                .map(modelId -> "model=" + encoded(modelId))
                .collect(Collectors.joining("&", "/api/reports/models.json?", "")));
    }

    private Report report(String path) {
        var request = request(path).timeout(REPORT_LIMIT).build();
        try (InputStream body = send(request)) {
            return ReportJson.read(body, address.resolve(path).toString());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Dead letters that nobody has dealt with yet, newest first. */
    public List<DeadLetter> deadLetters(int limit) {
        return read(get("/api/dead-letters?limit=" + limit), new TypeReference<>() {});
    }

    /** One dead letter. */
    public DeadLetter deadLetter(String id) {
        return read(get("/api/dead-letters/" + encoded(id)), new TypeReference<>() {});
    }

    /** Sends the event of a dead letter on its way again. */
    public void retry(String id) {
        text(request("/api/dead-letters/" + encoded(id) + "/retry")
                .timeout(ANSWER_LIMIT)
                .POST(BodyPublishers.noBody())
                .build());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    String get(String path) {
        return text(request(path).timeout(ANSWER_LIMIT).build());
    }

    void delete(String path) {
        text(request(path).timeout(ANSWER_LIMIT).DELETE().build());
    }

    <T> T post(String path, String type, String body, TypeReference<T> answer) {
        return read(
                text(request(path)
                        .timeout(CATALOGUE_LIMIT)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build()),
                answer);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        key.ifPresent(given -> request.header("Authorization", "Bearer " + given));
        return request;
    }

    private String text(HttpRequest request) {
        try (InputStream body = send(request)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** The body of a good answer. */
    private InputStream send(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() < 300) {
                return response.body();
            }
            try (InputStream problem = response.body()) {
                throw refusal(response.statusCode(), problem.readAllBytes());
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogueException("interrupted while asking the catalogue at " + address, e);
        }
    }

    private CatalogueException refusal(int status, byte[] problem) {
        String detail = "";
        try {
            detail = JSON.readTree(problem).path("detail").asText();
        } catch (IOException e) {
            // Not a problem document: the status alone has to do.
            detail = "";
        }
        return new CatalogueException(
                detail.isEmpty() ? "the catalogue at " + address + " answers with HTTP status " + status : detail,
                status);
    }

    private CatalogueException unreachable(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new CatalogueException("the catalogue at " + address + " does not answer (" + why + ")", e);
    }

    <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new CatalogueException(
                    "the catalogue at " + address + " answers with what is not understood here ("
                            + e.getOriginalMessage() + ")",
                    e);
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value, e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }
}
