package dev.vaestream.local;

import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How moves of aliases are written for people. */
final class AliasText {
    private AliasText() {}

    /** Where an alias points now. */
    static String moved(AliasMove move) {
        String before = move.previousStep() == null ? "" : ", before at %d".formatted(move.previousStep());
        return Text.labelled(
                "alias",
                "%s: %s/%d, move %d%s".formatted(move.alias(), move.run(), move.step(), move.number(), before));
    }

    /** A table of aliases. */
    static List<String> aliases(List<AliasMove> moves) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ALIAS", "STEP", "MOVE", "SINCE", "REASON"));
        moves.forEach(move -> rows.add(List.of(
                move.alias(),
                Long.toString(move.step()),
                Long.toString(move.number()),
                at(move),
                text(move.reason()))));
        return Text.table(rows);
    }

    /** A table of one alias's moves. */
    static List<String> history(List<AliasMove> moves) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("MOVE", "AT", "STEP", "BEFORE", "GUARD", "REASON"));
        moves.forEach(move -> rows.add(List.of(
                Long.toString(move.number()),
                at(move),
                Long.toString(move.step()),
                text(move.previousStep()),
                move.guard() == null ? "-" : new String(Json.write(move.guard()), StandardCharsets.UTF_8),
                text(move.reason()))));
        return Text.table(rows);
    }

    private static String at(AliasMove move) {
        return move.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString().replaceAll("\\s+", " ");
    }
}
