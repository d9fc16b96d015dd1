package io.stemline.ingest.console.deadletters;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.console.Addresses;
import io.stemline.ingest.deadletters.DeadLetterActions;
import io.stemline.ingest.deadletters.DeadLetterView;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The page of dead letters and its forms. */
@Path("/dead-letters")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class DeadLetterPages {
    private static final int LETTERS = 50;

    private final DeadLetterActions letters;

    DeadLetterPages(DeadLetterActions letters) {
        this.letters = letters;
    }

    @CheckedTemplate(basePath = "dead-letters", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record DeadLettersPage(
            List<DeadLetterView> letters,
            int open,
            Optional<String> newer,
            Optional<String> older,
            Optional<String> notice)
            implements TemplateInstance {}

    @GET
    @Operation(hidden = true)
    public TemplateInstance page(
            @RestQuery @DefaultValue("0") int offset, @RestQuery Integer retried, @RestQuery Integer dropped) {
        if (offset < 0) {
            throw ProblemException.malformed("there is no dead letter before the first");
        }
        int open = letters.openCount();
        return new DeadLettersPage(
                letters.open(offset, LETTERS),
                open,
                offset == 0 ? Optional.empty() : Optional.of(address(Math.max(0, offset - LETTERS))),
                offset + LETTERS >= open ? Optional.empty() : Optional.of(address(offset + LETTERS)),
                notice(retried, dropped));
    }

    private static String address(int offset) {
        return Addresses.of("/dead-letters", Map.of("offset", Integer.toString(offset)));
    }

    private static Optional<String> notice(Integer retried, Integer dropped) {
        if (retried != null) {
            return Optional.of("%s sent through again.".formatted(letters(retried)));
        }
        return Optional.ofNullable(dropped).map(count -> "%s dropped.".formatted(letters(count)));
    }

    private static String letters(int count) {
        return count == 1 ? "1 dead letter was" : count + " dead letters were";
    }

    @POST
    @Path("/retry")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response retry(@RestForm List<String> item, @RestForm String all) throws InterruptedException {
        int retried = all != null ? letters.retryAll() : letters.retry(required(item));
        return back("retried", retried);
    }

    @POST
    @Path("/drop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response drop(@RestForm List<String> item, @RestForm String all) {
        int dropped = all != null ? letters.dropAll() : letters.drop(required(item));
        return back("dropped", dropped);
    }

    private static List<String> required(List<String> ids) {
        if (ids == null || ids.isEmpty()) {
            throw ProblemException.malformed("no dead letter is selected: tick some, or all of them");
        }
        return ids;
    }

    private static Response back(String what, int count) {
        return Response.seeOther(URI.create(Addresses.of("/dead-letters", Map.of(what, Integer.toString(count)))))
                .build();
    }
}
