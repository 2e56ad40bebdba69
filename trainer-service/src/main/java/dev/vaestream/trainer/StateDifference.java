package dev.vaestream.trainer;

import dev.vaestream.contracts.StoredArray;
import dev.vaestream.vae.StoredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the trees of two states differ: which arrays one of them lacks or has in another shape or type. */
final class StateDifference {
    /** As many as a person reads; where an optimizer is another one, all its arrays differ. */
    private static final int SHOWN = 8;

    private StateDifference() {}

    /** @return nothing where they have the same arrays, whatever these hold */
    static List<String> between(StoredState checkpoint, StoredState run) {
        List<String> differences = new ArrayList<>();
        compare("parameter", checkpoint.params(), run.params(), differences);
        compare("optimizer's", checkpoint.optimizer(), run.optimizer(), differences);
        return differences;
    }

    /** The first of them in one line, and how many more there are. */
    static String text(List<String> differences) {
        String first = String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())));
        return differences.size() <= SHOWN ? first : first + "; and %d more".formatted(differences.size() - SHOWN);
    }

    private static void compare(
            String what, Map<String, StoredArray> checkpoint, Map<String, StoredArray> run, List<String> differences) {
        TreeSet<String> paths = new TreeSet<>(checkpoint.keySet());
        paths.addAll(run.keySet());
        for (String path : paths) {
            String had = kind(checkpoint.get(path));
            String needed = kind(run.get(path));
            if (!had.equals(needed)) {
                differences.add("%s '%s' is %s in the checkpoint and %s in the run".formatted(what, path, had, needed));
            }
        }
    }

    private static String kind(@Nullable StoredArray array) {
        return array == null ? "absent" : "" + array.dtype() + array.shape();
    }
}
