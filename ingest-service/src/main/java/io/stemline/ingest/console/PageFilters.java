package io.stemline.ingest.console;

import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Keeps other sites out: pages load nothing that is not from here, and no other site's page may make a browser change something. */
final class PageFilters {
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Set<String> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @ServerRequestFilter
    void refuseOtherSites(ContainerRequestContext request) {
        String from = request.getHeaderString("Sec-Fetch-Site");
        boolean otherSite = from != null && !from.equals("same-origin") && !from.equals("none");
        if (otherSite && !HARMLESS.contains(request.getMethod())) {
            throw ProblemException.forbidden("a page of another site may not change anything here");
        }
    }

    @ServerResponseFilter
    void protectPages(ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        if (type != null && MediaType.TEXT_HTML_TYPE.isCompatible(type)) {
            // Reports are pages of another make, and bring their own.
            response.getHeaders().computeIfAbsent("Content-Security-Policy", none -> List.of(POLICY));
            response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
            response.getHeaders().putSingle("Referrer-Policy", "same-origin");
            response.getHeaders().putSingle("Cache-Control", "no-store");
        }
    }
}
