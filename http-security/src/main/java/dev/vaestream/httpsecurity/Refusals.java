package dev.vaestream.httpsecurity;

import dev.vaestream.contracts.Json;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Who is refused is told so as problem+json, whatever else a service answers with. */
@Singleton
final class Refusals {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final List<String> CHALLENGES = List.of("Bearer", "Basic realm=\"vaestream\"");
    /** Before anybody is asked who they are. */
    static final int FIRST = -2 * SecurityHandlerPriorities.AUTHENTICATION;

    void register(@Observes Router router) {
        router.route().order(FIRST).failureHandler(Refusals::answer);
    }

    private static void answer(RoutingContext request) {
        Throwable failure = request.failure();
        if (request.response().ended()) {
            return;
        }
        if (failure instanceof AuthenticationException) {
            unauthorized(request);
        } else if (failure instanceof ForbiddenException) {
            forbid(request, "This caller may not do this");
        } else {
            request.next();
        }
    }

    static void forbid(RoutingContext request, String title) {
        end(request, FORBIDDEN, "forbidden", title);
    }

    static void unauthorized(RoutingContext request) {
        // A browser asks its user for a password, which an API key can be.
        request.response().headers().set("WWW-Authenticate", CHALLENGES);
        end(request, UNAUTHORIZED, "unauthorized", "An API key or a token that is known here is needed");
    }

    private static void end(RoutingContext request, int status, String type, String title) {
        String detail =
                "%s %s".formatted(request.request().method(), request.request().path());
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(Json.mapper()
                        .createObjectNode()
                        .put("type", type)
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .toString());
    }
}
