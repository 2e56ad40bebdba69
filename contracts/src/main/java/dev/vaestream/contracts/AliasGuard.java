package dev.vaestream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;

/** What must hold before an alias moves: {@code {"better": "evaluation.loss"}} for one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = AliasGuard.Better.class, name = "better"),
    @JsonSubTypes.Type(value = AliasGuard.SameCanary.class, name = "canary")
})
public sealed interface AliasGuard {
    /** The checkpoint is strictly better by {@code metric} than the one that the alias points at, if it points at any. */
    record Better(@JsonValue CheckpointMetric metric) implements AliasGuard {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Better {}
    }

    /** The checkpoint's {@link Canary} is the image with this digest, whether the alias points anywhere or not. */
    record SameCanary(@JsonValue Sha256 sha256) implements AliasGuard {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public SameCanary {}
    }
}
