package dev.vaestream.httpsecurity;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whom a service answers what: the first rule that covers a request decides, and the operator is left the rest. */
public final class AccessRules {
    /** Probes show no key. */
    private static final List<AccessRule> COMMON = List.of(
            AccessRule.reading("/q/health/**"),
            AccessRule.reading("/q/metrics/**", Role.METRICS, Role.OPERATOR),
            AccessRule.all("/q/**", Role.OPERATOR));

    private static final AccessRule REST = AccessRule.all("/**", Role.OPERATOR);

    private final List<AccessRule> rules;

    /** @param own the service's, behind those that all services share */
    public AccessRules(AccessRule... own) {
        this.rules = Stream.of(COMMON.stream(), Stream.of(own), Stream.of(REST))
                .flatMap(each -> each)
                .toList();
    }

    /** Those of whom a caller must have one; empty where nobody is asked. */
    public Set<Role> roles(String method, String path) {
        return rules.stream()
                .filter(rule -> rule.covers(method, path))
                .findFirst()
                .orElse(REST)
                .roles();
    }
}
