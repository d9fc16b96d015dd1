package io.stemline.ingest.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(KeysTest.NeedsKeys.class)
@WithTestResource(Backends.class)
class KeysTest {
    private static final String ADMIN_KEY = "the-first-key-of-a-test-0123456789abcdef";
    private static final Path LOG = Path.of("target", "service-with-keys.log").toAbsolutePath();

    private static final String FOR_ADMINS = "/api/keys";

    public static final class NeedsKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("stemline.admin-key", ADMIN_KEY),
                    Map.entry("stemline.ingest.request-limit", "2000"),
                    Map.entry("stemline.ingest.upload-limit", "200000"),
                    Map.entry("quarkus.log.level", "DEBUG"),
                    Map.entry("quarkus.log.category.\"org.apache.kafka\".level", "WARN"),
                    // The client of this test runs in the same process, and writes down what it sends.
                    Map.entry("quarkus.log.category.\"org.apache.http\".level", "WARN"),
                    Map.entry("quarkus.log.console.level", "WARN"),
                    Map.entry("quarkus.log.file.enable", "true"),
                    Map.entry("quarkus.log.file.rotation.max-file-size", "1G"),
                    Map.entry("quarkus.log.file.path", LOG.toString()));
        }
    }

    private static final HttpResponse.BodyHandler<String> ANYTHING = HttpResponse.BodyHandlers.ofString();

    /** An operation of the API. */
    private record Operation(String method, String path) {
        Response ask(RequestSpecification request) {
            return request.redirects()
                    .follow(false)
                    .request(Method.valueOf(method), path.replaceAll("\\{[^}]*}", "nothing"));
        }

        boolean reads() {
            return method.equals("GET");
        }
    }

    @Inject
    Jdbi database;

    @Test
    void noOperationOfTheApiAnswersWithoutAKey() {
        // Given
        List<Operation> operations = operations();

        for (Operation operation : operations) {
            // When
            Response response = operation.ask(given());

            // Then
            assertThat(response.statusCode()).as(operation.toString()).isEqualTo(401);
            assertThat(response.contentType()).as(operation.toString()).startsWith("application/problem+json");
            assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void noOperationThatChangesAnythingAnswersAViewer() {
        // Given
        String viewer = key("viewer");
        List<Operation> changing =
                operations().stream().filter(operation -> !operation.reads()).toList();
        assertThat(changing).hasSizeGreaterThan(15);

        for (Operation operation : changing) {
            // When
            Response response = operation.ask(with(viewer));

            // Then
            assertThat(response.statusCode()).as(operation.toString()).isEqualTo(403);
            assertThat(response.contentType()).as(operation.toString()).startsWith("application/problem+json");
        }
    }

    @Test
    void viewersReadAllButKeysAndOperatorsDoAllButKeys() {
        // Given
        String viewer = key("viewer");
        String operator = key("operator");

        for (Operation operation : operations()) {
            boolean ofKeys = operation.path().startsWith(FOR_ADMINS);
            if (operation.reads()) {
                // When
                int status = operation.ask(with(viewer)).statusCode();

                // Then
                assertThat(status == 403)
                        .as("viewer, %s: %d", operation, status)
                        .isEqualTo(ofKeys);
            }
            // When
            int status = operation
                    .ask(with(operator).contentType("text/plain").body(""))
                    .statusCode();

            // Then
            assertThat(status == 403).as("operator, %s: %d", operation, status).isEqualTo(ofKeys);
            assertThat(status).as(operation.toString()).isNotEqualTo(401);
        }
    }

    @Test
    void aKeyIsToldOnceAndStandsInTheDatabaseAsItsHash() {
        // Given
        String name = "anna-" + UUID.randomUUID();

        // When
        String key = add(name, "viewer").statusCode(201).extract().path("key");

        // Then
        with(ADMIN_KEY)
                .get("/api/keys")
                .then()
                .statusCode(200)
                .body("name", hasItem(name))
                .body(not(containsString(key)));
        List<String> hashes =
                database.withHandle(handle -> handle.createQuery("select key_sha256 from api_key where name = ?")
                        .bind(0, name)
                        .mapTo(String.class)
                        .list());
        assertThat(hashes).containsExactly(Secrets.sha256(key));
        assertThat(hashes.getFirst()).hasSize(64).doesNotContain(key);
    }

    @Test
    void aRevokedKeyOpensNothingAndEndsItsSessions() {
        // Given
        String name = "ben-" + UUID.randomUUID();
        String key = add(name, "operator").statusCode(201).extract().path("key");
        String session = login(key).statusCode(303).extract().cookie(LoginPages.COOKIE);
        given().cookie(LoginPages.COOKIE, session).get("/api/batches").then().statusCode(200);

        // When
        with(ADMIN_KEY).delete("/api/keys/{name}", name).then().statusCode(204);

        // Then
        with(key).get("/api/batches").then().statusCode(401);
        given().cookie(LoginPages.COOKIE, session).get("/api/batches").then().statusCode(401);
    }

    @Test
    void aNameIsGivenOnceAndTheSettingsKeyIsNotRevokedHere() {
        // Given
        String name = "cleo-" + UUID.randomUUID();
        add(name, "viewer").statusCode(201);

        // When, Then
        add(name, "admin").statusCode(422).body("detail", containsString("already"));
        add("two words", "viewer").statusCode(400);
        add("dora", "king").statusCode(400).body("detail", containsString("viewer, operator and admin"));
        with(ADMIN_KEY)
                .delete("/api/keys/settings")
                .then()
                .statusCode(422)
                .body("detail", containsString("STEMLINE_ADMIN_KEY"));
        with(ADMIN_KEY).delete("/api/keys/nobody").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/keys;a=b",
                "/api/batches/../keys",
                "/api//keys",
                "/api/batches/%2e%2e/keys",
                "/api/%6beys",
                "/api/nothing",
                "/q/dev",
                "/secret",
                "/console/../api/keys",
                "/q/health/../../api/keys",
                "/api%2fkeys"
            })
    void noSpellingOfAnAddressLeadsAViewerToKeysOrToWhatNoRuleKnows(String path) {
        // Given
        String viewer = key("viewer");

        // When
        Response response = with(viewer).urlEncodingEnabled(false).get(path);

        // Then
        assertThat(response.statusCode()).isIn(400, 403, 404);
        assertThat(response.asString()).doesNotContain("createdAt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/catalogue?state=FAILED", "/dead-letters", "/tracks/x"})
    void aBrowserIsSentToLogInAndComesBackToWhereItWasGoing(String page) {
        // When
        Response response = given().redirects()
                .follow(false)
                .header("Accept", "text/html,*/*")
                .get(page);

        // Then
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.header("Location")).startsWith("/login?to=%2F");
        given().redirects()
                .follow(false)
                .formParams("key", ADMIN_KEY, "to", page)
                .post("/login")
                .then()
                .statusCode(303)
                .header("Location", endsWith(page))
                .header("Set-Cookie", containsString("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Lax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"})
    void logInLeadsToNoOtherSite(String elsewhere) {
        // When
        String location = given().redirects()
                .follow(false)
                .formParams("key", ADMIN_KEY, "to", elsewhere)
                .post("/login")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");

        // Then
        assertThat(location).doesNotContain("evil").doesNotContain("javascript").endsWith("/");
    }

    @Test
    void aWrongKeyIsToldOnTheLogInPageAndLogOutEndsTheSession() {
        // Given
        login("wrong").statusCode(401).body(containsString("There is no such key"));
        String session = login(ADMIN_KEY).statusCode(303).extract().cookie(LoginPages.COOKIE);

        // When
        given().redirects()
                .follow(false)
                .cookie(LoginPages.COOKIE, session)
                .post("/logout")
                .then()
                .statusCode(303);

        // Then
        given().cookie(LoginPages.COOKIE, session).get("/api/batches").then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example,403", "null,403", "http://localhost:1,403"})
    void aPageOfAnotherSiteChangesNothingEvenWithASession(String origin, int status) {
        // Given
        String session = login(ADMIN_KEY).statusCode(303).extract().cookie(LoginPages.COOKIE);

        // When, Then
        given().cookie(LoginPages.COOKIE, session)
                .header("Origin", origin)
                .formParam("all", "true")
                .post("/dead-letters/drop")
                .then()
                .statusCode(status)
                .body("detail", containsString("another site"));
    }

    @Test
    void healthAndMetricsAndTheLogInPageNeedNoKey() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200);
        given().get("/console/console.css").then().statusCode(200);
        given().get("/login")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", startsWith("default-src 'self'"))
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin");
    }

    @Test
    void answersThatAreNoPagesAllowABrowserNothing() {
        with(ADMIN_KEY)
                .get("/api/batches")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
    }

    @Test
    void aBodyThatIsLargerThanItsAddressTakesIsRefused() {
        with(ADMIN_KEY)
                .contentType("text/csv")
                .body("path\n" + "/music/a.wav\n".repeat(200))
                .post("/api/batches/manifest")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("request-limit"));
        with(ADMIN_KEY)
                .contentType("application/octet-stream")
                .body(new byte[200_001])
                .post("/api/batches/upload?name=a.wav")
                .then()
                .statusCode(413)
                .body("detail", containsString("upload-limit"));
    }

    @Test
    void anUploadThatDoesNotSayHowLongItIsIsCountedOnItsWay() throws Exception {
        // Given
        var address = URI.create("http://localhost:" + RestAssured.port + "/api/batches/upload?name=a.wav");
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + ADMIN_KEY)
                .header("Content-Type", "application/octet-stream")
                .version(HttpClient.Version.HTTP_1_1);

        try (var http = HttpClient.newHttpClient()) {
            // When
            int small =
                    http.send(request.POST(chunked(100_000)).build(), ANYTHING).statusCode();
            var large = http.send(request.POST(chunked(300_000)).build(), ANYTHING);

            // Then
            assertThat(small).isEqualTo(201);
            assertThat(large.statusCode()).isEqualTo(413);
            assertThat(large.body()).contains("upload-limit");
        }
    }

    private static HttpRequest.BodyPublisher chunked(int bytes) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
    }

    @Test
    void theLogNamesNoSecret() throws IOException {
        // Given
        String key = key("viewer");
        with(key).get("/api/batches").then().statusCode(200);
        String session = login(key).statusCode(303).extract().cookie(LoginPages.COOKIE);

        // When
        String log = Files.readString(LOG);

        // Then
        assertThat(log)
                .isNotBlank()
                .doesNotContain(ADMIN_KEY)
                .doesNotContain(key)
                .doesNotContain(session);
    }

    /** All of the API, as its own document tells it. */
    private static List<Operation> operations() {
        Map<String, Map<String, Object>> paths = with(ADMIN_KEY)
                .get("/api/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        var methods = Set.of("get", "post", "put", "patch", "delete");
        var operations = new ArrayList<Operation>();
        paths.forEach((path, of) -> of.keySet().stream()
                .filter(methods::contains)
                .forEach(method -> operations.add(new Operation(method.toUpperCase(Locale.ROOT), path))));
        assertThat(operations).hasSizeGreaterThan(40);
        return operations;
    }

    private static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    private static String key(String role) {
        return add(role + "-" + UUID.randomUUID(), role)
                .statusCode(201)
                .body("role", equalTo(role))
                .extract()
                .path("key");
    }

    private static ValidatableResponse add(String name, String role) {
        return with(ADMIN_KEY)
                .contentType("application/json")
                .body(Map.of("name", name, "role", role))
                .post("/api/keys")
                .then();
    }

    private static ValidatableResponse login(String key) {
        return given().redirects()
                .follow(false)
                .formParams("key", key, "to", "/")
                .post("/login")
                .then();
    }
}
