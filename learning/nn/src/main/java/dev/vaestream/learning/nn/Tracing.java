package dev.vaestream.learning.nn;

import org.tensorflow.op.Ops;

/** What all scopes of one traced call share. */
record Tracing(Ops tf, Params params, Draws draws, Calls calls) {
    Tracing(Ops tf, Params params, Draws draws) {
        this(tf, params, draws, new Calls());
    }
}
