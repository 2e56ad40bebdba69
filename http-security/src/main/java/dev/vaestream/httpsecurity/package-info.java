/**
 * Who may call a service, and the refusal to listen where nobody is asked.
 *
 * <p>A caller is known by an API key or by a token of an OpenID Connect issuer, has roles, and may do what the service's
 * {@link dev.vaestream.httpsecurity.AccessRules} let one of them do; what no rule names is the operator's. Nobody is
 * asked where a service listens on loopback and knows no callers.
 */
@NullMarked
package dev.vaestream.httpsecurity;

import org.jspecify.annotations.NullMarked;
