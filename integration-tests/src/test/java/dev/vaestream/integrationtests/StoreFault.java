package dev.vaestream.integrationtests;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What a {@link FaultyStore} is told to do wrong: with which requests, and how often. Counts the requests it has spoiled. */
final class StoreFault {
    private final Verb verb;
    private final Pattern key;
    private final Effect effect;
    private final int after;
    private final int times;
    private final AtomicInteger seen = new AtomicInteger();

    private StoreFault(Verb verb, Pattern key, Effect effect, int after, int times) {
        this.verb = verb;
        this.key = key;
        this.effect = effect;
        this.after = after;
        this.times = times;
    }

    /** Spoils every request of a verb whose key, or prefix of a listing, has {@code key} in it as a regular expression. */
    static StoreFault of(Verb verb, String key, Effect effect) {
        return new StoreFault(verb, Pattern.compile(key), effect, 0, Integer.MAX_VALUE);
    }

    /** Only so many of them. */
    StoreFault times(int many) {
        return new StoreFault(verb, key, effect, after, many);
    }

    /** Lets so many pass first. */
    StoreFault after(int passed) {
        return new StoreFault(verb, key, effect, passed, times);
    }

    Effect effect() {
        return effect;
    }

    /** Whether this request is to be spoiled. */
    boolean takes(Verb asked, String name) {
        if ((verb != Verb.ANY && verb != asked) || !key.matcher(name).find()) {
            return false;
        }
        int number = seen.getAndIncrement();
        return number >= after && number - after < times;
    }

    /** Requests that it is to spoil. */
    int wanted() {
        return times;
    }

    /** Requests spoiled so far. */
    int hits() {
        return Math.max(0, Math.min(seen.get() - after, times));
    }

    @Override
    public String toString() {
        return "%s of %s %s".formatted(effect, verb, key);
    }

    /** What is asked for. */
    enum Verb {
        PUT,
        GET,
        HEAD,
        DELETE,
        LIST,
        ANY
    }

    /** What happens. */
    sealed interface Effect {
        /** Nothing is done, and the answer says so. */
        record Refuse(int status, String code) implements Effect {}

        /** It is done, and the answer says that it failed. */
        record ApplyThenRefuse(int status, String code) implements Effect {}

        /** Nothing is done, and the connection is closed. */
        record Drop() implements Effect {}

        /** It is done, and the connection is closed. */
        record ApplyThenDrop() implements Effect {}

        /** Nothing is done and nothing is answered, until the store is healed. */
        record Hang() implements Effect {}

        /** Half of the bytes are given, and the connection is closed. */
        record Truncate() implements Effect {}

        /** One bit of what is read is another. */
        record FlipBit() implements Effect {}

        /** What is read comes in so many pieces, with pauses of so many milliseconds. */
        record Trickle(int pieces, int millis) implements Effect {}

        /** A listing leaves out what was created last. */
        record StaleList() implements Effect {}

        /** A write takes no notice of its condition. */
        record IgnoreCondition() implements Effect {}
    }
}
