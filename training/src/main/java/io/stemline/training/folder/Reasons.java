package io.stemline.training.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why the operating system refused, without the name of the file, which the sentence around has. */
final class Reasons {

    private Reasons() {}

    static String of(IOException refusal) {
        return switch (refusal) {
            case AccessDeniedException _ -> "access denied";
            case NoSuchFileException _ -> "there is no such file or folder";
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is in the way";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            case CharacterCodingException _ -> "it is not UTF-8 text";
            // Opening gives "name (reason)".
            case FileNotFoundException missing -> inParentheses(String.valueOf(missing.getMessage()));
            default -> String.valueOf(refusal.getMessage());
        };
    }

    private static String inParentheses(String message) {
        int open = message.lastIndexOf('(');
        return open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
    }
}
