package io.stemline.ingest.access;

import io.stemline.ingest.problems.Problem;
import io.stemline.ingest.problems.ProblemAnswer;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.service.Guard;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines every request, in this order:
 *
 * <ol>
 *   <li>The address is one that has one meaning only, and names what could be there: else 400.
 *   <li>It comes from no other site's page, by its Origin. A form elsewhere cannot use the browser's session: else 403.
 *   <li>Where no keys are needed, on a loopback address: it names such a host, or a page elsewhere whose name was pointed here could
 *       ask: else 403.
 *   <li>The body is not larger than its address takes: else 413, or 411 where it does not say ({@link BodyLimits}).
 *   <li>Where they are: the key, or the session, belongs to a role that may do this ({@link AccessRules}): else 401 or 403. Browsers are
 *       sent to log in.
 * </ol>
 *
 * The database being away is a 503: nobody comes in unseen.
 */
@Singleton
final class ApiGuard implements Guard {
    private static final Logger LOGGER = LoggerFactory.getLogger(ApiGuard.class);
    private static final String BEARER = "bearer ";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final Openness openness;
    private final Keys keys;
    private final Sessions sessions;
    private final BodyLimits limits;
    private final ProblemAnswer answer;

    ApiGuard(Openness openness, Keys keys, Sessions sessions, BodyLimits limits, ProblemAnswer answer) {
        this.openness = openness;
        this.keys = keys;
        this.sessions = sessions;
        this.limits = limits;
        this.answer = answer;
    }

    @Override
    public void examine(RoutingContext context) {
        String path = context.normalizedPath();
        Optional<Problem> problem = ofTheRequest(context, path);
        if (problem.isPresent()) {
            answer.send(context, problem.get());
        } else if (openness.toAll() || AccessRules.everybodyMay(path)) {
            context.next();
        } else {
            admit(context, path);
        }
    }

    private Optional<Problem> ofTheRequest(RoutingContext context, String path) {
        HttpServerRequest request = context.request();
        if (path.indexOf(';') >= 0) {
            return Optional.of(ProblemException.malformed("addresses here have no ';' before their '?'")
                    .problem());
        }
        // A database that is asked for a name with U+0000 in it calls that an error.
        if (request.uri().contains("%00")) {
            return Optional.of(ProblemException.malformed("the address has %00 in it, a character that no name has")
                    .problem());
        }
        if (!AccessRules.isReading(request.method().name()) && isOfAnotherSite(request)) {
            return Optional.of(ProblemException.forbidden("a page of another site may not change anything here")
                    .problem());
        }
        if (openness.toThisMachineAlone() && !namesThisMachine(request) && !AccessRules.everybodyMay(path)) {
            return Optional.of(ProblemException.forbidden(
                            "this service is open to this machine alone, as localhost or 127.0.0.1; to be reached under another name it needs keys: set STEMLINE_ADMIN_KEY")
                    .problem());
        }
        return limits.problemOf(request, path);
    }

    /** Browsers name the site of the page that asks; programs name none. */
    private static boolean isOfAnotherSite(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        HostAndPort here = request.authority();
        try {
            URI site = URI.create(origin);
            return here == null
                    || site.getHost() == null
                    || !site.getHost().equalsIgnoreCase(here.host())
                    || port(site.getPort(), site.getScheme()) != port(here.port(), site.getScheme());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static int port(int named, String scheme) {
        return named > 0 ? named : "https".equals(scheme) ? 443 : 80;
    }

    private static boolean namesThisMachine(HttpServerRequest request) {
        HostAndPort host = request.authority();
        return host != null && THIS_MACHINE.contains(host.host().toLowerCase(Locale.ROOT));
    }

    private void admit(RoutingContext context, String path) {
        context.vertx()
                .executeBlocking(() -> callerOf(context), false)
                .onSuccess(caller -> judge(context, path, caller))
                .onFailure(failure -> {
                    LOGGER.atWarn().setCause(failure).log("Nobody can be admitted while the database is away");
                    answer.send(
                            context,
                            ProblemException.away("who asks cannot be looked up just now; try again soon")
                                    .problem());
                });
    }

    private Optional<Caller> callerOf(RoutingContext context) {
        String given = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (given != null) {
            return given.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? keys.callerWith(given.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        Cookie session = context.request().getCookie(LoginPages.COOKIE);
        return session == null ? Optional.empty() : sessions.callerIn(session.getValue());
    }

    private void judge(RoutingContext context, String path, Optional<Caller> caller) {
        if (caller.isEmpty()) {
            askForKey(context);
            return;
        }
        Optional<Role> needed = AccessRules.needed(context.request().method().name(), path);
        if (needed.filter(caller.get().role()::includes).isPresent()) {
            context.next();
            return;
        }
        answer.send(
                context,
                ProblemException.forbidden(needed.map(role -> "this needs a key with the role %s; that of '%s' is %s"
                                        .formatted(
                                                role.spelling(),
                                                caller.get().name(),
                                                caller.get().role().spelling()))
                                .orElse("nobody may do this here"))
                        .problem());
    }

    private void askForKey(RoutingContext context) {
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"stemline\"");
        if (answer.wantsPage(context.request())) {
            String login = "/login?to=" + URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8);
            boolean part = context.request().getHeader("HX-Request") != null;
            context.response()
                    .setStatusCode(part ? 401 : 303)
                    .putHeader(part ? "HX-Redirect" : "Location", part ? "/login" : login)
                    .end();
            return;
        }
        answer.send(
                context,
                ProblemException.unauthorized(
                                "this needs a key: send it as 'Authorization: Bearer KEY'; the command line takes it from STEMLINE_KEY")
                        .problem());
    }
}
