package dev.vaestream.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What makes two identities of a run differ, field by field. */
final class IdentityDifference {
    /** Follows from the spec, which says more. */
    private static final String DERIVED = "specDigest";

    private IdentityDifference() {}

    /** One line for each field, as {@code numeric.intraOpThreads is 2, here 1}; none where they are equal. */
    static List<String> between(RunIdentity stored, RunIdentity claimed) {
        List<String> lines = new ArrayList<>();
        compare("", Json.mapper().valueToTree(stored), Json.mapper().valueToTree(claimed), lines);
        return lines;
    }

    private static void compare(String path, JsonNode stored, JsonNode claimed, List<String> lines) {
        if (stored.isObject() && claimed.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            stored.fieldNames().forEachRemaining(names::add);
            claimed.fieldNames().forEachRemaining(names::add);
            names.remove(DERIVED);
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, stored.path(name), claimed.path(name), lines));
        } else if (!stored.equals(claimed)) {
            lines.add("%s is %s, here %s".formatted(path, text(stored), text(claimed)));
        }
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
