package io.stemline.cli;

import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.local.StackState;
import io.stemline.local.StackState.StackProcess;
import java.util.Locale;

/** A stack as a table. */
final class StackView {

    private StackView() {}

    static String render(StackState state, Style style) {
        var table = Table.of("process", "state", ">port", ">pid", ">restarts", "device");
        for (StackProcess process : state.processes()) {
            table.row(
                    process.name(),
                    process.condition().name().toLowerCase(Locale.ROOT),
                    Integer.toString(process.port()),
                    process.pid() == 0 ? "" : Long.toString(process.pid()),
                    Integer.toString(process.restarts()),
                    process.device());
        }
        return "%s%n%nAPI    %s%nModel  %s".formatted(table.render(style), state.catalogue(), state.activeModel());
    }
}
