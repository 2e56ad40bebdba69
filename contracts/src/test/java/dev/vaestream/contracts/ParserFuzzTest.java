package dev.vaestream.contracts;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Every parser against bytes that nobody thought of. Without {@code JAZZER_FUZZ=1} the inputs in
 * {@code src/test/resources} are replayed, what was once found among them.
 */
class ParserFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void safetensors(byte[] bytes) {
        BytesParser.SAFETENSORS.check(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void batch(byte[] bytes) {
        BytesParser.BATCH.check(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void manifest(byte[] bytes) {
        BytesParser.MANIFEST.check(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void png(byte[] bytes) {
        BytesParser.PNG.check(bytes);
        BytesParser.PROVENANCE.check(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void runRequest(byte[] bytes) {
        BytesParser.RUN_REQUEST.check(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void runIdentity(byte[] bytes) {
        BytesParser.RUN_IDENTITY.check(bytes);
    }
}
