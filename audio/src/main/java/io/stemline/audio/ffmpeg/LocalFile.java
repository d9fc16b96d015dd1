package io.stemline.audio.ffmpeg;

import io.stemline.audio.AudioFileAccessException;
import io.stemline.audio.NotAudioException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.bytedeco.javacpp.BytePointer;

/** Files as the operating system has them, checked before FFmpeg sees them because Java explains better. */
final class LocalFile {

    private LocalFile() {}

    /** The size in bytes of a file that can be read and is not empty. */
    static long requireReadable(Path file) {
        BasicFileAttributes attributes = attributesOf(file);
        if (attributes.isDirectory()) {
            throw new AudioFileAccessException(file, "this is a directory, not a file");
        }
        if (!attributes.isRegularFile()) {
            throw new AudioFileAccessException(file, "this is a device or a pipe, not a file");
        }
        if (!Files.isReadable(file)) {
            throw new AudioFileAccessException(file, "no permission to read this file");
        }
        if (attributes.size() == 0) {
            throw new NotAudioException(file, "the file is empty");
        }
        return attributes.size();
    }

    /** Where a file can be made or replaced. */
    static void requireWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new AudioFileAccessException(file, "this is a directory, a file cannot be written in its place");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new AudioFileAccessException(file, "there is no directory " + directory + " to write it in");
        }
        if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new AudioFileAccessException(file, "no permission to write this file");
        }
    }

    private static BasicFileAttributes attributesOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            String sentence = Files.isSymbolicLink(file)
                    ? "this is a link to a file that does not exist"
                    : "there is no such file";
            throw new AudioFileAccessException(file, sentence, e);
        } catch (AccessDeniedException e) {
            throw new AudioFileAccessException(file, "no permission to read this file", e);
        } catch (IOException e) {
            throw new AudioFileAccessException(file, "the file cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The file's address for FFmpeg, to be closed by the caller. The bytes of the name are those on disk, whatever
     * character set this process believes in.
     */
    static BytePointer address(Path file) {
        if (file.getFileSystem() != FileSystems.getDefault()) {
            throw new AudioFileAccessException(file, "only files on a local disk can be opened as audio");
        }
        String percentEncoded = file.toUri().getRawPath();
        ByteArrayOutputStream address = new ByteArrayOutputStream(percentEncoded.length() + 8);
        address.writeBytes("file:".getBytes(StandardCharsets.US_ASCII));
        for (int n = 0; n < percentEncoded.length(); n++) {
            char character = percentEncoded.charAt(n);
            if (character == '%') {
                address.write(Integer.parseInt(percentEncoded, n + 1, n + 3, 16));
                n += 2;
            } else {
                address.write(character);
            }
        }
        address.write(0);
        return new BytePointer(address.toByteArray());
    }
}
