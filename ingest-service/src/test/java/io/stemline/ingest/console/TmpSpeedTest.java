package io.stemline.ingest.console;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.service.testing.EmbeddedBackends;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedBackends.class)
class TmpSpeedTest {
    @Inject
    Jdbi database;

    @Test
    void speed() {
        new Rows(database).clear();
        long t0 = System.nanoTime();
        database.useHandle(h -> {
            h.execute("insert into batch (batch_id, name) select '20261121-0000' || lpad(n::text, 2, '0') || '-abcd', 'Batch ' || n from generate_series(0, 19) n");
            h.execute("insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, title, artist) select encode(sha256(n::text::bytea), 'hex'), 'o', 'file' || n, 'wav', 44100, 2, 44100 * (60 + (n * 7919) % 400), 'Title ' || md5(n::text), 'Artist ' || md5((n / 12)::text) from generate_series(0, 99999) n");
            h.execute("insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker) select encode(sha256(('s' || n)::bytea), 'hex'), encode(sha256(n::text::bytea), 'hex'), 'model-' || n % 3, 'wav-float', 'm', 3, 'w' from generate_series(0, 99999) n");
            h.execute("insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds) select encode(sha256(('s' || n)::bytea), 'hex'), encode(sha256(('s' || n)::bytea), 'hex'), 'p', '[]', 3 from generate_series(0, 49999) n");
            h.execute("insert into evaluation_score (evaluation_id, stem, metric, value) select encode(sha256(('s' || n)::bytea), 'hex'), s, 'SDR', (n * 31 % 1000) / 100.0 from generate_series(0, 49999) n, unnest(array['vocals','drums','bass','other']) s");
        });
        long t1 = System.nanoTime();
        database.useHandle(h -> h.execute("insert into batch_item (item_id, batch_id, position, path, name, encoding, state, reason, track_id, separation_id, evaluation_id) select '20261121-0000' || lpad((n % 20)::text, 2, '0') || '-abcd-' || n, '20261121-0000' || lpad((n % 20)::text, 2, '0') || '-abcd', n, '/music/' || n || '.wav', 'file' || n, 'wav-float', case when n % 50 = 0 then 'FAILED' else 'DONE' end, case when n % 50 = 0 then 'broken' end, encode(sha256(n::text::bytea), 'hex'), encode(sha256(('s' || n)::bytea), 'hex'), case when n < 50000 then encode(sha256(('s' || n)::bytea), 'hex') end from generate_series(0, 99999) n"));
        System.err.printf("SPEED rows %.1f s, items with trigger and indexes %.1f s%n", (t1 - t0) / 1e9, (System.nanoTime() - t1) / 1e9);
        for (String analyse : new String[] {"not analysed", "analysed"}) {
            if (analyse.equals("analysed")) {
                database.useHandle(h -> h.execute("analyze"));
            }
            for (String q : new String[] {"", "q=abc", "q=title%20ff", "q=zzzzz", "title=abcd", "artist=0a1", "state=FAILED", "state=FAILED&q=ab", "model=model-1", "model=model-1&sort=score", "minScore=9.5", "minScore=5&maxScore=5.05&sort=title", "sort=title", "sort=artist&order=desc", "sort=length", "sort=score&state=FAILED", "batch=20261121-000007-abcd&sort=title", "q=a&sort=score", "q=title&sort=length"}) {
                double best = 1e9;
                double first = 0;
                for (int i = 0; i < 4; i++) {
                    long t = System.nanoTime();
                    given().urlEncodingEnabled(false).get("/api/catalogue?" + q).then().statusCode(200);
                    double ms = (System.nanoTime() - t) / 1e6;
                    first = i == 0 ? ms : first;
                    best = Math.min(best, ms);
                }
                System.err.printf("SPEED %s %-45s first %.0f ms best %.0f ms%n", analyse, q, first, best);
            }
        }
        long t = System.nanoTime();
        given().get("/api/live").then().statusCode(200);
        given().get("/api/live").then().statusCode(200);
        System.err.printf("SPEED two live looks %.0f ms%n", (System.nanoTime() - t) / 1e6);
    }
}
