package io.stemline.ingest.access;

import io.stemline.service.HealthPaths;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which role a request needs. What no rule knows, nobody may do: a new address of the API needs its line here. */
final class AccessRules {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String AND_BELOW = "/**";

    private static final List<String> FOR_ALL = List.of("/login", "/console/**", "/webjars/**");

    private static final List<Rule> RULES = List.of(
            Rule.any(Role.ADMIN, "/api/keys/**"),
            Rule.any(Role.VIEWER, "/logout"),
            Rule.any(Role.VIEWER, "/catalogue/manifest"),
            Rule.reading("/"),
            Rule.reading("/live"),
            Rule.reading("/tracks/**"),
            Rule.reading("/datasets/**"),
            Rule.reading("/lineage/**"),
            Rule.reading("/api/openapi"),
            Rule.reading("/api/live"),
            Rule.reading("/api/lineage/**"),
            Rule.reading("/api/reports/**"),
            Rule.reading("/api/separations/**"),
            Rule.readingAndChanging("/catalogue/**"),
            Rule.readingAndChanging("/dead-letters/**"),
            Rule.readingAndChanging("/learning/**"),
            Rule.readingAndChanging("/models/**"),
            Rule.readingAndChanging("/api/batches/**"),
            Rule.readingAndChanging("/api/catalogue/**"),
            Rule.readingAndChanging("/api/datasets/**"),
            Rule.readingAndChanging("/api/dead-letters/**"),
            Rule.readingAndChanging("/api/models/**"),
            Rule.readingAndChanging("/api/reseparations"),
            Rule.readingAndChanging("/api/retraining/**"),
            Rule.readingAndChanging("/api/tracks/**"));

    private AccessRules() {}

    /** @param toChange empty where nothing can be changed */
    private record Rule(String path, Role toRead, Optional<Role> toChange) {

        static Rule any(Role role, String path) {
            return new Rule(path, role, Optional.of(role));
        }

        static Rule reading(String path) {
            return new Rule(path, Role.VIEWER, Optional.empty());
        }

        static Rule readingAndChanging(String path) {
            return new Rule(path, Role.VIEWER, Optional.of(Role.OPERATOR));
        }
    }

    /** What is served to whoever reaches the service. */
    static boolean everybodyMay(String path) {
        return HealthPaths.contain(path) || FOR_ALL.stream().anyMatch(pattern -> matches(pattern, path));
    }

    /** The least role for a request; empty where none is enough. */
    static Optional<Role> needed(String method, String path) {
        return RULES.stream()
                .filter(rule -> matches(rule.path(), path))
                .findFirst()
                .flatMap(rule -> READING.contains(method) ? Optional.of(rule.toRead()) : rule.toChange());
    }

    static boolean isReading(String method) {
        return READING.contains(method);
    }

    private static boolean matches(String pattern, String path) {
        if (!pattern.endsWith(AND_BELOW)) {
            return path.equals(pattern);
        }
        String top = pattern.substring(0, pattern.length() - AND_BELOW.length());
        return path.equals(top) || path.startsWith(top + "/");
    }
}
