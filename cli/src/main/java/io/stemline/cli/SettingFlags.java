package io.stemline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Makes {@code --set learning-rate=0.001} of {@code --learning-rate 0.001} and {@code --learning-rate=0.001}: which settings
 * there are depends on the network, so that they cannot be options that the command declares.
 */
final class SettingFlags implements IParameterPreprocessor {
    static final String SET = "--set";

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own signature
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> information) {
        List<String> rewritten = new ArrayList<>();
        while (!arguments.isEmpty()) {
            String word = arguments.pop();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!word.startsWith("--") || command.findOption(name) != null) {
                rewritten.add(word);
                continue;
            }
            if (equals < 0 && arguments.isEmpty()) {
                throw new ParameterException(command.commandLine(), "the setting %s has no value".formatted(word));
            }
            rewritten.add(SET);
            rewritten.add(name.substring(2) + "=" + (equals < 0 ? arguments.pop() : word.substring(equals + 1)));
        }
        rewritten.reversed().forEach(arguments::push);
        return false;
    }
}
