package io.stemline.ingest.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** Coming in with a browser: a key for a session, which the browser keeps as a cookie that no script can read. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class LoginPages {
    static final String COOKIE = "stemline-session";

    private static final String CONSOLE = "/";
    private static final int UNAUTHORIZED = 401;

    private final Sessions sessions;
    private final Openness openness;

    LoginPages(Sessions sessions, Openness openness) {
        this.sessions = sessions;
        this.openness = openness;
    }

    @CheckedTemplate(basePath = "access", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record LoginPage(String to, boolean inside, boolean open, boolean refused) implements TemplateInstance {}

    @GET
    @Path("login")
    @Operation(hidden = true)
    public TemplateInstance page(@RestQuery @DefaultValue(CONSOLE) String to, @CookieParam(COOKIE) String session) {
        return new LoginPage(within(to), isInside(session), openness.toAll(), false);
    }

    private boolean isInside(String session) {
        return session != null && sessions.callerIn(session).isPresent();
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response login(@RestForm String key, @RestForm @DefaultValue(CONSOLE) String to, @Context UriInfo address) {
        Optional<String> session = key == null ? Optional.empty() : sessions.begin(key.strip());
        if (session.isEmpty()) {
            return Response.status(UNAUTHORIZED)
                    .entity(new LoginPage(within(to), false, openness.toAll(), true))
                    .build();
        }
        return Response.seeOther(URI.create(within(to)))
                .cookie(cookie(address)
                        .value(session.get())
                        .maxAge((int) Sessions.LENGTH.toSeconds())
                        .build())
                .build();
    }

    @POST
    @Path("logout")
    @Operation(hidden = true)
    public Response logout(@CookieParam(COOKIE) String session, @Context UriInfo address) {
        if (session != null) {
            sessions.end(session);
        }
        return Response.seeOther(URI.create("/login"))
                .cookie(cookie(address).value("").maxAge(0).build())
                .build();
    }

    private static NewCookie.Builder cookie(UriInfo address) {
        return new NewCookie.Builder(COOKIE)
                .path("/")
                .httpOnly(true)
                .secure("https".equals(address.getRequestUri().getScheme()))
                .sameSite(NewCookie.SameSite.LAX);
    }

    /** An address on this site; links to other sites that pass through here are none of ours. */
    private static String within(String to) {
        try {
            URI address = URI.create(to);
            boolean here = to.startsWith("/") && address.getAuthority() == null && address.getScheme() == null;
            return here && !to.startsWith("//") ? to : CONSOLE;
        } catch (IllegalArgumentException e) {
            return CONSOLE;
        }
    }
}
