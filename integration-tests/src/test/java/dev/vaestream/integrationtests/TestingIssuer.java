package dev.vaestream.integrationtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vaestream.contracts.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An OpenID Connect issuer with one key: its discovery document, its key set, and tokens signed with RS256. */
final class TestingIssuer implements AutoCloseable {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys = newKeys();
    private final HttpServer server;

    TestingIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(exchange, Map.of("issuer", uri(), "jwks_uri", uri() + "/jwks")));
        server.createContext("/jwks", exchange -> answer(exchange, Map.of("keys", List.of(publicKey()))));
        server.start();
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String token(String audience, String role, Instant end) {
        return token(audience, role, end, keys);
    }

    /** @param keys that it is signed with */
    String token(String audience, String role, Instant end, KeyPair keys) {
        String head = encoded(Map.of("alg", "RS256", "typ", "JWT", "kid", "one"));
        String claims = encoded(Map.of(
                "iss",
                uri(),
                "sub",
                "somebody",
                "aud",
                audience,
                "groups",
                List.of(role),
                "iat",
                end.getEpochSecond() - 60,
                "exp",
                end.getEpochSecond()));
        String signed = head + "." + claims;
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private Map<String, String> publicKey() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty", "RSA",
                "kid", "one",
                "use", "sig",
                "alg", "RS256",
                "n", unsigned(key.getModulus()),
                "e", unsigned(key.getPublicExponent()));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int zero = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, zero, bytes.length));
    }

    private static String encoded(Object json) {
        return BASE64.encodeToString(Json.write(json));
    }

    private static void answer(HttpExchange exchange, Object json) throws IOException {
        byte[] body = Json.write(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
