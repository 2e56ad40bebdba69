package dev.vaestream.checkpoint;

import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.ANSWER_LOST;
import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.REFUSED_BY_ITSELF;
import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.REFUSED_FOR_NOTHING;
import static dev.vaestream.checkpoint.FaultyObjectStorage.Fault.REQUEST_LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CreateOnceTest {
    private static final byte[] MINE = Examples.bytes("mine");
    private static final byte[] OTHERS = Examples.bytes("other's");

    private final FaultyObjectStorage storage = new FaultyObjectStorage();
    private final CreateOnce creator = new CreateOnce(storage);

    @Test
    void aFreshKeyIsMine() {
        assertThat(creator.create("key", MINE)).isEmpty();
    }

    @Test
    void aTakenKeyIsAnswered() {
        storage.createIfAbsent("key", OTHERS);

        assertThat(creator.create("key", MINE)).contains(OTHERS);
    }

    @Test
    void theSameContentOfAnotherIsAsGoodAsMine() {
        storage.createIfAbsent("key", MINE);

        assertThat(creator.create("key", MINE)).isEmpty();
    }

    @Test
    void aLostAnswerIsSettledByReadingBack() {
        storage.next(ANSWER_LOST);

        assertThat(creator.create("key", MINE)).isEmpty();
        assertThat(storage.creates()).isEqualTo(1);
    }

    @Test
    void aLostAnswerForATakenKeyIsSettledByReadingBack() {
        storage.overwrite("key", OTHERS);
        storage.next(ANSWER_LOST);

        assertThat(creator.create("key", MINE)).contains(OTHERS);
    }

    @Test
    void aLostRequestIsSentAgain() {
        storage.next(REQUEST_LOST);

        assertThat(creator.create("key", MINE)).isEmpty();
        assertThat(storage.document("key")).contains(MINE);
    }

    @Test
    void losingAgainstItselfIsWinning() {
        storage.next(REFUSED_BY_ITSELF);

        assertThat(creator.create("key", MINE)).isEmpty();
    }

    @Test
    void beingRefusedByNobodyIsTriedAgain() {
        storage.next(REFUSED_FOR_NOTHING);

        assertThat(creator.create("key", MINE)).isEmpty();
        assertThat(storage.document("key")).contains(MINE);
    }

    @Test
    void aStoreThatStaysSilentIsUnavailable() {
        storage.next(REQUEST_LOST, REQUEST_LOST, REQUEST_LOST);

        assertThatThrownBy(() -> creator.create("key", MINE))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("the request is lost");
    }

    @Test
    void aStoreThatContradictsItselfIsUnavailable() {
        storage.next(REFUSED_FOR_NOTHING, REFUSED_FOR_NOTHING, REFUSED_FOR_NOTHING);

        assertThatThrownBy(() -> creator.create("key", MINE))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("bucket test in memory says that key is taken, and that it is absent");
    }
}
