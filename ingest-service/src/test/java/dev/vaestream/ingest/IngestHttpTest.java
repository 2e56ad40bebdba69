package dev.vaestream.ingest;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.vaestream.contracts.Batch;
import dev.vaestream.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service, over HTTP, with a real broker behind it. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class IngestHttpTest {
    private final String stream = "h" + UUID.randomUUID();

    @Inject
    Log log;

    @Inject
    Topics topics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @BeforeEach
    void awaitReady() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void aDatasetBecomesAStreamWithEveryBatchInItsPlace() {
        makeFromDataset(3).statusCode(201).header("Location", endsWith("/v1/streams/" + stream));

        awaitPublished(15);

        List<Long> sequences = log.readAll(topics.batches(stream)).stream()
                .map(record -> Batch.decode(
                        Objects.requireNonNull(record.value(), "value is null").toByteArray()))
                .map(Batch::sequence)
                .toList();
        assertThat(sequences).containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 12L, 14L, 1L, 3L, 5L, 7L, 9L, 11L, 13L);
    }

    @Test
    void aStreamGrowsByMoreEpochs() {
        makeFromDataset(1).statusCode(201);

        makeFromDataset(2).statusCode(200).body("spec.epochs", equalTo(2));

        awaitPublished(10);
    }

    @Test
    void anotherSpecUnderTheSameNameIsAConflict() {
        makeFromDataset(2).statusCode(201);

        problem(makeFromDataset(1), 409, "stream-differs");
    }

    @Test
    void aRecordCarriesCloudEventsHeaders() {
        makeExternal();
        putJson(0, 1).statusCode(201);

        Map<String, String> headers = headersOfTheFirstBatch();

        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "dev.vaestream.batch")
                .containsEntry("ce_source", "/vaestream/ingest")
                .containsEntry("ce_id", topics.batches(stream) + "/0");
    }

    @Test
    void aStreamIsListedAndFound() {
        makeExternal();

        when().get("/v1/streams").then().statusCode(200).body("spec.stream", hasItem(stream));
        when().get("/v1/streams/" + stream)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("published", equalTo(0))
                .body("topic", equalTo("test.batches." + stream));
    }

    @Test
    void aStreamThatIsNotThereIsNotFound() {
        problem(when().get("/v1/streams/nowhere").then(), 404, "no-stream")
                .body("detail", equalTo("Stream 'nowhere' does not exist; make it with POST /v1/streams"));
    }

    @Test
    void aDatasetThatIsNotKnownIsNotFound() {
        problem(post("/v1/streams", "{'stream':'s','dataset':'cifar'}"), 404, "no-dataset");
    }

    @Test
    void aDatasetWithoutFilesCannotBeRead() {
        problem(post("/v1/streams", "{'stream':'s','dataset':'nowhere'}"), 422, "bad-dataset")
                .body("detail", containsString("There is no directory "));
    }

    @Test
    void aBatchFromOutsideIsAppended() {
        makeExternal();

        putJson(0, 1).statusCode(201).body("sequence", equalTo(0)).body("duplicate", equalTo(false));

        when().get("/v1/streams/" + stream).then().body("published", equalTo(1));
    }

    @Test
    void theSameBatchInBinaryIsADuplicate() {
        makeExternal();
        putJson(0, 1).statusCode(201);

        putProtobuf(0, 1).statusCode(200).body("duplicate", equalTo(true));
    }

    @Test
    void anotherBatchInItsPlaceIsAConflict() {
        makeExternal();
        putProtobuf(0, 1).statusCode(201);

        problem(putProtobuf(0, 2), 409, "batch-differs");
    }

    @Test
    void aGapIsAConflictThatSaysWhatIsExpected() {
        makeExternal();

        problem(putProtobuf(3, 1), 409, "sequence-gap").body("expected", equalTo(0));
    }

    @Test
    void aSequenceThatIsNoneIsRefused() {
        makeExternal();

        problem(put("-1", ContentType.BINARY, new byte[0]), 400, "invalid-sequence");
        problem(put("1e3", ContentType.BINARY, new byte[0]), 400, "invalid-sequence");
    }

    @Test
    void aBatchThatDoesNotHoldIsRefused() {
        makeExternal();

        problem(put("0", ContentType.BINARY, new byte[] {1, 2, 3}), 400, "invalid-batch");
        problem(
                put("0", ContentType.JSON, "{\"images\":\"\",\"labels\":[]}".getBytes(StandardCharsets.UTF_8)),
                400,
                "invalid-batch");
    }

    @Test
    void aStreamWithADatasetTakesNoBatches() {
        makeFromDataset(1).statusCode(201);

        problem(putProtobuf(0, 1), 409, "stream-has-dataset");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        makeExternal();

        problem(put("0", ContentType.BINARY, new byte[(8 << 20) + 1]), 413, "body-too-large");
    }

    @Test
    void anotherMediaTypeIsRefused() {
        put("0", ContentType.TEXT, new byte[] {1}).statusCode(415).contentType("application/problem+json");
    }

    @Test
    void aRunIsQueuedOnce() {
        makeExternal();

        run(5).statusCode(201)
                .header("Location", endsWith("/v1/runs/" + stream))
                .body("spec.seed", equalTo(65_535));
        run(5).statusCode(200);

        problem(run(6), 409, "run-differs");
        when().get("/v1/runs/" + stream).then().statusCode(200).body("spec.steps", equalTo(5));
    }

    @Test
    void aRunThatDoesNotFitItsStreamIsRefusedWithTheField() {
        makeExternal();
        String body = "{'run':'r','spec':{'stream':'%s','steps':5}}".formatted(stream);

        problem(post("/v1/runs", body), 400, "invalid-run").body("field", equalTo("spec.model.decoder"));
    }

    @Test
    void aRunWithAnUnknownOptimizerIsRefusedWithTheField() {
        String body = "{'run':'r','spec':{'stream':'s','optimizer':{'adamx':{}}}}";

        problem(post("/v1/runs", body), 400, "invalid-json")
                .body("field", equalTo("spec.optimizer"))
                .body(
                        "detail",
                        startsWith("Field spec.optimizer: 'adamx' is not known; it must be one of adamw, adam, "));
    }

    @Test
    void aRunOfAStreamThatDoesNotExistIsRefused() {
        problem(post("/v1/runs", "{'run':'r','spec':{'stream':'nowhere'}}"), 404, "no-stream");
    }

    @Test
    void aRunThatIsEvaluatedOnAStreamThatDoesNotExistIsRefused() {
        makeExternal();
        String body = "{'run':'r','spec':{'stream':'%s','evaluation':{'stream':'nowhere'}}}".formatted(stream);

        problem(post("/v1/runs", body), 404, "no-stream");
    }

    @Test
    void aRunThatWasNeverQueuedIsNotFound() {
        problem(when().get("/v1/runs/nobody").then(), 404, "no-run");
    }

    @Test
    void theApiIsDescribed() {
        given().accept(ContentType.JSON)
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.keySet()", hasItem("/v1/streams/{stream}/batches/{sequence}"));
    }

    @Test
    void acknowledgedBatchesAreCounted() {
        makeFromDataset(1).statusCode(201);
        awaitPublished(5);

        when().get("/q/metrics").then().body(containsString("vaestream_ingest_batches_acknowledged_total"));
    }

    private ValidatableResponse makeFromDataset(int epochs) {
        return post(
                "/v1/streams",
                "{'stream':'%s','dataset':'tiny','batchSize':4,'epochs':%d,'partitions':2}".formatted(stream, epochs));
    }

    private void makeExternal() {
        post("/v1/streams", "{'stream':'%s','shape':{'height':2,'width':3},'batchSize':2}".formatted(stream))
                .statusCode(201);
    }

    private ValidatableResponse run(int steps) {
        return post(
                "/v1/runs",
                "{'run':'%s','spec':{'stream':'%s','steps':%d,'model':{'encoder':[4],'decoder':[6]}}}"
                        .formatted(stream, stream, steps));
    }

    private void awaitPublished(int batches) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> when().get("/v1/streams/" + stream).then().body("published", equalTo(batches)));
    }

    private ValidatableResponse putJson(int sequence, int filling) {
        Batch batch = TestingStreams.batch(sequence, filling);
        String json = "{\"images\":\"%s\",\"labels\":%s}"
                .formatted(
                        Base64.getEncoder().encodeToString(batch.images().toByteArray()),
                        Arrays.toString(batch.labels().toByteArray()));
        return put(Integer.toString(sequence), ContentType.JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    private ValidatableResponse putProtobuf(int sequence, int filling) {
        byte[] body = TestingStreams.batch(sequence, filling).encode();
        return put(Integer.toString(sequence), ContentType.BINARY, body);
    }

    private ValidatableResponse put(String sequence, ContentType type, byte[] body) {
        RequestSpecification request = given().contentType(type).body(body);
        return request.put("/v1/streams/" + stream + "/batches/" + sequence).then();
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON)
                .body(body.replace('\'', '"'))
                .post(path)
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("type", equalTo(code));
    }

    private Map<String, String> headersOfTheFirstBatch() {
        TopicPartition partition = new TopicPartition(topics.batches(stream), 0);
        try (KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", servers));
                Consumer<byte[], byte[]> consumer = clients.consumer()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            ConsumerRecord<byte[], byte[]> first =
                    consumer.poll(Duration.ofSeconds(10)).records(partition).get(0);
            return Arrays.stream(first.headers().toArray())
                    .collect(Collectors.toMap(
                            header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
        }
    }
}
