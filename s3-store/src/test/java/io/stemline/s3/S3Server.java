package io.stemline.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that speaks S3 and keeps its buckets, each a folder of that name, in a folder. */
final class S3Server implements AutoCloseable {
    static final String KEY = "stemline";
    static final String SECRET = "a secret of the tests";

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    /** Starts with one bucket, on a free port. */
    static S3Server start(Path folder, String bucket) throws Exception {
        Files.createDirectories(folder.resolve(bucket));
        return start(folder, 0, SECRET);
    }

    /** Starts on a port, with a secret. */
    static S3Server start(Path folder, int port, String secret) throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, secret)
                .stopTimeout(0)
                .build();
        server.start();
        return new S3Server(server);
    }

    int port() {
        return server.getPort();
    }

    URI address() {
        return addressOf(port());
    }

    static URI addressOf(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static StaticCredentialsProvider keys(String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, secret));
    }

    /** A client to look behind the store with. */
    S3Client client() {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(address())
                .forcePathStyle(true)
                .credentialsProvider(keys(SECRET))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
