package io.stemline.separation.tensorflow;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * Sets environment variables of this process for native code, which reads them when it is loaded; Java's own view of the
 * environment stays as it was. Does nothing on systems without POSIX {@code setenv}: there launchers set the variables.
 */
final class NativeEnvironment {

    private NativeEnvironment() {}

    /** Sets a variable unless whoever started the process did. */
    static void setDefault(String name, String value) {
        if (System.getenv(name) == null) {
            set(name, value);
        }
    }

    static void set(String name, String value) {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find("setenv");
        if (symbol.isEmpty()) {
            return;
        }
        var setenv = linker.downcallHandle(
                symbol.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            int status = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (status != 0) {
                throw new IllegalStateException("the environment variable " + name + " cannot be set");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the environment variable " + name + " cannot be set", e);
        }
    }
}
