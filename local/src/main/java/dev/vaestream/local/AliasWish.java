package dev.vaestream.local;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Where an alias is to point, as the checkpoint service is asked for it.
 *
 * @param guard as it was typed; the service says what is wrong with it
 */
record AliasWish(
        long step, @Nullable JsonNode guard, @Nullable String reason) {}
