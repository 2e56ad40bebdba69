package dev.vaestream.integrationtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.vaestream.integrationtests.StoreFault.Verb;
import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as S3 understands it.
 *
 * @param key empty for the bucket itself
 * @param query of a listing
 * @param onlyIfAbsent whether it says {@code If-None-Match: *}
 * @param crc32c that the body must have, in base64; absent where it says none
 */
record S3Request(
        Verb verb,
        String key,
        Map<String, String> query,
        boolean onlyIfAbsent,
        @Nullable String crc32c) {
    static S3Request of(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath().substring(1);
        int slash = path.indexOf('/');
        String key =
                slash < 0 ? "" : URLDecoder.decode(path.substring(slash + 1).replace("+", "%2B"), UTF_8);
        Verb verb = Verb.valueOf(exchange.getRequestMethod());
        return new S3Request(
                verb == Verb.GET && key.isEmpty() ? Verb.LIST : verb,
                key,
                query(exchange.getRequestURI().getRawQuery()),
                "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match")),
                exchange.getRequestHeaders().getFirst("x-amz-checksum-crc32c"));
    }

    /** What a fault is chosen by: the key, or the prefix of a listing. */
    String name() {
        return verb == Verb.LIST ? prefix() : key;
    }

    String prefix() {
        return query.getOrDefault("prefix", "");
    }

    /** The listing goes on after this key. */
    String startAfter() {
        return query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    }

    int maxKeys() {
        return Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    }

    S3Request unconditional() {
        return new S3Request(verb, key, query, false, crc32c);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equals = part.indexOf('=');
                query.put(
                        URLDecoder.decode(equals < 0 ? part : part.substring(0, equals), UTF_8),
                        equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), UTF_8));
            }
        }
        return query;
    }
}
