package dev.vaestream.learning.nn;

import org.tensorflow.op.Ops;

/** What all scopes of one traced call share. */
record Tracing(Ops tf, Params params, Rngs rngs, Calls calls) {
    Tracing(Ops tf, Params params, Rngs rngs) {
        this(tf, params, rngs, new Calls());
    }
}
