package io.stemline.ingest.access;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Keys. */
@Path("/api/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
@Blocking
public final class KeyResource {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

    private final Keys keys;

    KeyResource(Keys keys) {
        this.keys = keys;
    }

    /** A key that somebody asks for. */
    public record Wanted(String name, Role role) {}

    /**
     * A key that was made.
     *
     * @param key told now and never again
     */
    public record Made(String name, Role role, String key) {}

    @GET
    @Operation(summary = "The keys by name, without what their holders know")
    public List<Keys.Listed> all() {
        return keys.all();
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Make a key; it is told in this answer and never again")
    public Made add(Wanted wanted) {
        if (wanted == null || wanted.name() == null || wanted.role() == null) {
            throw ProblemException.malformed("give a name and a role: {\"name\": \"anna\", \"role\": \"viewer\"}");
        }
        if (!NAME.matcher(wanted.name()).matches() || wanted.name().equals(Keys.OF_THE_SETTINGS)) {
            throw ProblemException.malformed(
                    "'%s' cannot be the name of a key: that has 1 to 100 letters, digits and . _ @ -, begins with a letter or digit, and is not '%s'"
                            .formatted(wanted.name(), Keys.OF_THE_SETTINGS));
        }
        String key = keys.add(wanted.name(), wanted.role())
                .orElseThrow(() -> ProblemException.unusable(
                        "name-taken",
                        "there is a key '%s' already; revoke it first, or take another name".formatted(wanted.name())));
        return new Made(wanted.name(), wanted.role(), key);
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Revoke a key; browsers that logged in with it are out, too")
    public void revoke(@PathParam("name") String name) {
        if (name.equals(Keys.OF_THE_SETTINGS)) {
            throw ProblemException.unusable(
                    "key-of-the-settings",
                    "the key '%s' comes from STEMLINE_ADMIN_KEY: change that and start the service again"
                            .formatted(name));
        }
        if (!keys.revoke(name)) {
            throw ProblemException.notFound("key", name);
        }
    }
}
