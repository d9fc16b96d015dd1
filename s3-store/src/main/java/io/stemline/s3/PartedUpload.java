package io.stemline.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends a large file as one object:
 *
 * <ol>
 *   <li>begin;
 *   <li>send the parts, a few at a time, each with its checksum;
 *   <li>complete: only now the object is there, with all its parts or not at all.
 * </ol>
 *
 * Whatever fails in between, no more parts are sent, and those that were are given up, so that they cost nothing. The parts of a process
 * that dies stay behind.
 */
final class PartedUpload {
    private static final Logger LOGGER = LoggerFactory.getLogger(PartedUpload.class);
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final int AT_ONCE = 4;
    private static final int MOST_PARTS = 10_000;

    private final S3Client s3;
    private final String bucket;
    private final int partBytes;

    PartedUpload(S3Client s3, String bucket, int partBytes) {
        this.s3 = s3;
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    void send(String place, String contentType, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            List<Part> parts = parts(channel.size(), partBytes);
            String uploadId = begin(place, contentType);
            try {
                complete(place, uploadId, sendAll(place, uploadId, channel, parts));
            } catch (IOException | RuntimeException e) {
                giveUp(place, uploadId);
                throw e;
            }
        }
    }

    /** Parts of the length wanted, or of a greater one where they would become too many. */
    static List<Part> parts(long fileBytes, long partBytes) {
        long length = Math.max(partBytes, Math.ceilDiv(fileBytes, MOST_PARTS));
        var parts = new ArrayList<Part>();
        for (long start = 0; start < fileBytes; start += length) {
            parts.add(new Part(parts.size() + 1, start, Math.min(length, fileBytes - start)));
        }
        return parts;
    }

    private String begin(String place, String contentType) {
        // With the checksum of the whole, rather than of its parts, a reader can compare it.
        return s3.createMultipartUpload(request -> request.bucket(bucket)
                        .key(place)
                        .contentType(contentType)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .checksumType(ChecksumType.FULL_OBJECT))
                .uploadId();
    }

    private List<CompletedPart> sendAll(String place, String uploadId, FileChannel file, List<Part> parts)
            throws IOException {
        var sent = new CompletedPart[parts.size()];
        try (ExecutorService senders =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            CompletionService<CompletedPart> sending = new ExecutorCompletionService<>(senders);
            parts.forEach(part -> sending.submit(() -> send(place, uploadId, file, part)));
            try {
                for (int i = 0; i < sent.length; i++) {
                    CompletedPart part = sending.take().get();
                    sent[part.partNumber() - 1] = part;
                }
            } catch (ExecutionException e) {
                senders.shutdownNow();
                throw unwrapped(e);
            } catch (InterruptedException e) {
                senders.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while it was sent", e);
            }
        }
        return List.of(sent);
    }

    private CompletedPart send(String place, String uploadId, FileChannel file, Part part) {
        UploadPartResponse response = s3.uploadPart(
                request -> request.bucket(bucket)
                        .key(place)
                        .uploadId(uploadId)
                        .partNumber(part.number())
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromContentProvider(
                        () -> new FileStretch(file, part.start(), part.length()), part.length(), CONTENT_TYPE));
        return CompletedPart.builder()
                .partNumber(part.number())
                .eTag(response.eTag())
                .checksumCRC32(response.checksumCRC32())
                .build();
    }

    private void complete(String place, String uploadId, List<CompletedPart> parts) {
        s3.completeMultipartUpload(request -> request.bucket(bucket)
                .key(place)
                .uploadId(uploadId)
                .checksumType(ChecksumType.FULL_OBJECT)
                .multipartUpload(upload -> upload.parts(parts)));
    }

    private void giveUp(String place, String uploadId) {
        // An interrupted thread could not even say that.
        boolean interrupted = Thread.interrupted();
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(place).uploadId(uploadId));
        } catch (SdkException e) {
            LOGGER.atWarn().addKeyValue("key", place).setCause(e).log("parts of an object stay behind");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException failure -> throw failure;
            case IOException failure -> failure;
            case null, default -> new IOException(e.getCause());
        };
    }

    /**
     * A part of a file.
     *
     * @param number from one
     * @param start position of its first byte
     * @param length in bytes
     */
    record Part(int number, long start, long length) {}
}
