package dev.vaestream.httpsecurity;

import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a browser sends on behalf of a page of somebody else's. On loopback nobody is asked for a key, elsewhere
 * the browser remembers it; neither may make the browser's user the page's hand.
 */
@Singleton
final class ForeignPages {
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    private final Authentication authentication;

    ForeignPages(Authentication authentication) {
        this.authentication = authentication;
    }

    void register(@Observes Router router) {
        router.route().order(Refusals.FIRST).handler(this::handle);
    }

    private void handle(RoutingContext request) {
        HostAndPort asked = request.request().authority();
        String method = request.request().method().name();
        if (changesForAnother(method, request.request().getHeader("Sec-Fetch-Site"))) {
            Refusals.forbid(request, "A page of another site may change nothing here");
        } else if (!authentication.isOn() && asked != null && !isLoopback(asked.host())) {
            // A name that was made to lead here, so that its page passes for one of ours.
            Refusals.forbid(request, "Where nobody is asked for a key, the host is called 127.0.0.1 or localhost");
        } else {
            request.next();
        }
    }

    /** @param site what the browser says of the page that asks: {@code same-origin}, {@code cross-site}, … */
    static boolean changesForAnother(String method, @Nullable String site) {
        return !HARMLESS.contains(method) && ("cross-site".equals(site) || "same-site".equals(site));
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
