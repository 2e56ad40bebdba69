package dev.vaestream.contracts;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a picture of samples comes from: all that is needed to make it again, and the digests that its checkpoint must
 * have then. In a PNG it is text, each field under {@code vaestream.} and its name. As the picture is, so is its text a
 * function of the run alone: nothing in it tells one training of the same run from another.
 *
 * @param classes a row of tiles each
 * @param seed 0 to 2³² - 1
 * @param firstIndex of the first image of each class
 * @param count images of each class
 * @param paramsDigest of the parameters' file
 * @param specDigest of the run's spec
 * @param inputDigest of all records that the run had consumed
 */
public record Provenance(
        String run,
        long step,
        List<Integer> classes,
        long seed,
        int firstIndex,
        int count,
        Sha256 paramsDigest,
        Sha256 specDigest,
        Sha256 inputDigest) {
    public static final long MAX_SEED = 0xffffffffL;
    /** The last image that is decoded with it still has an index that is an int. */
    public static final int MAX_INDEX = 999_999_999;

    private static final String SOFTWARE = "Software";
    private static final String PREFIX = "vaestream.";
    private static final int SHOWN = 64;
    private static final int MAX_CLASSES = 1 << 20;
    private static final int MAX_CLASSES_TEXT = 1 << 16;
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    public Provenance {
        Checks.name("run", run);
        Checks.atLeast("step", 0, step);
        classes = List.copyOf(classes);
        Checks.between("number of classes", 1, MAX_CLASSES, classes.size());
        classes.forEach(label -> Checks.atLeast("class", 0, label));
        Checks.check(new HashSet<>(classes).size() == classes.size(), "a class is there twice");
        Checks.between("seed", 0, MAX_SEED, seed);
        Checks.atLeast("firstIndex", 0, firstIndex);
        Checks.atLeast("count", 1, count);
        Checks.between("last index", 0, MAX_INDEX, firstIndex + (long) count - 1);
    }

    /** What a PNG says of it, by keyword. */
    public SortedMap<String, String> text() {
        SortedMap<String, String> text = new TreeMap<>();
        text.put(SOFTWARE, "vaestream");
        text.put(PREFIX + "run", run);
        text.put(PREFIX + "step", Long.toString(step));
        text.put(PREFIX + "classes", classes.stream().map(String::valueOf).collect(Collectors.joining(",")));
        text.put(PREFIX + "seed", Long.toString(seed));
        text.put(PREFIX + "firstIndex", Integer.toString(firstIndex));
        text.put(PREFIX + "count", Integer.toString(count));
        text.put(PREFIX + "paramsDigest", paramsDigest.hex());
        text.put(PREFIX + "specDigest", specDigest.hex());
        text.put(PREFIX + "inputDigest", inputDigest.hex());
        return Collections.unmodifiableSortedMap(text);
    }

    /**
     * What {@link #text} was made of; other keywords say nothing.
     *
     * @throws InvalidPictureException naming the keyword that is missing or wrong
     */
    public static Provenance of(Map<String, String> text) {
        try {
            return new Provenance(
                    shown(value(text, "run")),
                    whole("step", value(text, "step"), Long.MAX_VALUE),
                    classes(value(text, "classes")),
                    whole("seed", value(text, "seed"), MAX_SEED),
                    (int) whole("firstIndex", value(text, "firstIndex"), Integer.MAX_VALUE),
                    (int) whole("count", value(text, "count"), Integer.MAX_VALUE),
                    new Sha256(shown(value(text, "paramsDigest"))),
                    new Sha256(shown(value(text, "specDigest"))),
                    new Sha256(shown(value(text, "inputDigest"))));
        } catch (IllegalArgumentException e) {
            throw new InvalidPictureException(
                    "The picture's text says where it comes from wrongly: " + e.getMessage(), e);
        }
    }

    private static String value(Map<String, String> text, String name) {
        String value = text.get(PREFIX + name);
        if (value == null) {
            throw new InvalidPictureException(
                    "The picture does not say where it comes from: it has no text %s%s".formatted(PREFIX, name));
        }
        return value;
    }

    private static List<Integer> classes(String value) {
        Checks.between("number of characters of classes", 1, MAX_CLASSES_TEXT, value.length());
        Checks.check(!value.endsWith(","), "classes ends with a comma");
        return COMMA.splitAsStream(value)
                .map(label -> (int) whole("classes", label, Integer.MAX_VALUE))
                .toList();
    }

    private static long whole(String name, String value, long maximum) {
        Checks.check(WHOLE.matcher(value).matches(), "%s is '%s'; it must be a whole number", name, shown(value));
        long number = Long.parseLong(value);
        Checks.between(name, 0, maximum, number);
        return number;
    }

    /** No value but that of classes is right and longer; a message does not repeat a wrong one whole. */
    private static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
