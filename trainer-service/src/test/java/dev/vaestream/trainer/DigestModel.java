package dev.vaestream.trainer;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.Canary;
import dev.vaestream.contracts.DType;
import dev.vaestream.contracts.Losses;
import dev.vaestream.contracts.NumericFingerprint;
import dev.vaestream.contracts.Sha256;
import dev.vaestream.contracts.StoredArray;
import dev.vaestream.learning.random.PrngKey;
import dev.vaestream.learning.tracing.Snapshot;
import dev.vaestream.vae.EvaluationBatch;
import dev.vaestream.vae.StepResult;
import dev.vaestream.vae.StoredState;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A model whose state is the digest of all that it was ever given: two states are equal only after equal histories. */
class DigestModel implements TrainingModel {
    private static final String DIGEST = "params.digest";

    private Sha256 state = Sha256.EMPTY;
    private long steps;

    @Override
    public Sha256 graphDigest() {
        return Sha256.of(new byte[] {1});
    }

    @Override
    public NumericFingerprint numeric() {
        return Fixtures.NUMERIC;
    }

    @Override
    public StoredState init(PrngKey key) {
        return state(
                Sha256.of(ByteBuffer.allocate(8)
                        .putInt(key.high())
                        .putInt(key.low())
                        .array()),
                0);
    }

    @Override
    public void restore(StoredState restored) {
        state = digest(restored);
        steps = array(restored.optimizer(), "count").data().byteAt(0);
    }

    @Override
    public Snapshot<StoredState> snapshot() {
        StoredState now = state(state, steps);
        return new Snapshot<>() {
            @Override
            public StoredState copy() {
                return now;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public StepResult step(ByteString images, ByteString labels, float[] noise) {
        state = state.chain(digest(images, labels, noise));
        steps++;
        double loss = loss(state);
        return new StepResult(new Losses(loss, loss / 2, loss / 4), 1e-4, loss / 8);
    }

    @Override
    public Canary canary(SortedMap<String, StoredArray> params) {
        return new Canary(0, 0, Sha256.of(array(params, DIGEST).data().toByteArray()));
    }

    @Override
    public Losses evaluate(SortedMap<String, StoredArray> params, List<EvaluationBatch> batches) {
        Sha256 digest = Sha256.of(array(params, DIGEST).data().toByteArray());
        for (EvaluationBatch batch : batches) {
            digest = digest.chain(digest(batch.images(), batch.labels(), batch.noise()));
        }
        double loss = loss(digest);
        return new Losses(loss, loss / 2, loss / 4);
    }

    @Override
    public void close() {}

    static Sha256 digest(StoredState state) {
        return new Sha256(
                HexFormat.of().formatHex(array(state.params(), DIGEST).data().toByteArray()));
    }

    private static Sha256 digest(ByteString images, ByteString labels, float[] noise) {
        ByteBuffer input = ByteBuffer.allocate(images.size() + labels.size() + Float.BYTES * noise.length);
        images.copyTo(input);
        labels.copyTo(input);
        input.asFloatBuffer().put(noise);
        return Sha256.of(input.array());
    }

    private static double loss(Sha256 digest) {
        return Long.parseLong(digest.hex().substring(0, 8), 16) / 1e6;
    }

    private static StoredArray array(SortedMap<String, StoredArray> arrays, String name) {
        StoredArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("the state has no " + name);
        }
        return array;
    }

    private static StoredState state(Sha256 digest, long steps) {
        return new StoredState(
                bytes(DIGEST, HexFormat.of().parseHex(digest.hex())), bytes("count", new byte[] {(byte) steps}));
    }

    private static SortedMap<String, StoredArray> bytes(String name, byte[] content) {
        return new TreeMap<>(java.util.Map.of(
                name,
                new StoredArray(DType.U8, List.of((long) content.length), UnsafeByteOperations.unsafeWrap(content))));
    }
}
