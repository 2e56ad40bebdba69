package dev.vaestream.checkpoint;

import dev.vaestream.contracts.Sha256;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.messages.Item;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * A bucket behind the MinIO client. Every write is a single PUT, because the client drops the condition of one in parts;
 * it carries a checksum, which the store checks. The client's own retries are off: they would lose against themselves.
 */
final class MinioObjectStorage implements ObjectStorage, Closeable {
    /** The client's default of 5 would make requests wait for each other. */
    private static final int MAX_REQUESTS = 64;

    private static final String CHECKSUM = "x-amz-checksum-crc32c";

    private final String address;
    private final String bucket;
    private final String region;
    private final OkHttpClient http;
    private final Client client;

    /** Trusts who the Java virtual machine trusts. */
    MinioObjectStorage(CheckpointConfig.S3 config) {
        this(config, new OkHttpClient());
    }

    /** @param trusted whose certificates the store shows one of */
    MinioObjectStorage(CheckpointConfig.S3 config, KeyStore trusted) {
        this(config, TrustedCertificates.client(trusted));
    }

    private MinioObjectStorage(CheckpointConfig.S3 config, OkHttpClient base) {
        this.address = "bucket %s at %s".formatted(config.bucket(), config.endpoint());
        this.bucket = config.bucket();
        this.region = config.region();
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MAX_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
        this.http = base.newBuilder()
                .dispatcher(dispatcher)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(config.connectTimeout())
                .readTimeout(config.idleTimeout())
                .writeTimeout(config.idleTimeout())
                .callTimeout(config.requestTimeout())
                .build();
        this.client = client(config, http);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void ensureBucket() {
        boolean exists = answer(
                "looking for it",
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket).build()));
        if (!exists) {
            answer("creating it", () -> client.create(bucket, region));
        }
    }

    @Override
    public boolean createIfAbsent(String key, byte[] content) {
        PutObjectAPIArgs put = PutObjectAPIArgs.builder()
                .bucket(bucket)
                .object(key)
                .data(content, content.length)
                .headers(new Http.Headers("If-None-Match", "*"))
                .build();
        try {
            client.putObject(put).join();
            return true;
        } catch (CompletionException e) {
            if (status(cause(e)) == 412) {
                return false;
            }
            throw unavailable("creating " + key, e);
        }
    }

    @Override
    public void put(String key, Spool content) {
        PutObjectAPIArgs put = PutObjectAPIArgs.builder()
                .bucket(bucket)
                .object(key)
                .file(content.rewound(), content.bytes())
                .headers(headers(content))
                .build();
        ObjectWriteResponse stored = answer("writing " + key, () -> client.putObject(put));
        if (!base64(content.crc32c()).equals(stored.headers().get(CHECKSUM))) {
            requireHeld(key, content);
        }
    }

    @Override
    public <T> Optional<T> get(String key, Reading<T> reading) {
        GetObjectArgs get = GetObjectArgs.builder().bucket(bucket).object(key).build();
        try (GetObjectResponse content = client.getObject(get).join()) {
            return Optional.of(reading.read(content));
        } catch (CompletionException e) {
            if (isAbsent(e)) {
                return Optional.empty();
            }
            throw unavailable("reading " + key, e);
        } catch (IOException e) {
            throw unavailable("reading " + key, e);
        }
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        try {
            StatObjectResponse answer = client.statObject(
                            StatObjectArgs.builder().bucket(bucket).object(key).build())
                    .join();
            Instant now = answer.headers().getInstant("Date");
            if (now == null) {
                throw new StorageUnavailableException(
                        "%s does not say what time it is when looking for %s".formatted(address, key));
            }
            return Optional.of(
                    new ObjectStat(answer.size(), answer.lastModified().toInstant(), now));
        } catch (CompletionException e) {
            if (isAbsent(e)) {
                return Optional.empty();
            }
            throw unavailable("looking for " + key, e);
        }
    }

    @Override
    public List<StoredObject> list(String prefix) {
        List<StoredObject> objects = new ArrayList<>();
        try {
            for (Result<Item> result : client.listObjects(ListObjectsArgs.builder()
                    .bucket(bucket)
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                Item item = result.get();
                objects.add(new StoredObject(
                        item.objectName(),
                        Objects.requireNonNullElse(item.etag(), ""),
                        item.lastModified().toInstant()));
            }
            return objects;
        } catch (MinioException | RuntimeException e) {
            throw unavailable("listing " + prefix, e);
        }
    }

    @Override
    public void delete(String key) {
        answer(
                "deleting " + key,
                () -> client.removeObject(
                        RemoveObjectArgs.builder().bucket(bucket).object(key).build()));
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static Client client(CheckpointConfig.S3 config, OkHttpClient http) {
        MinioAsyncClient.Builder builder = MinioAsyncClient.builder()
                .endpoint(config.endpoint().toString())
                .region(config.region())
                .httpClient(http);
        if (config.accessKey().isPresent() != config.secretKey().isPresent()) {
            throw new IllegalArgumentException(
                    "vaestream.checkpoint.s3.access-key and .secret-key are set together or not");
        }
        config.accessKey()
                .ifPresent(
                        access -> builder.credentials(access, config.secretKey().orElseThrow()));
        return new Client(builder.build());
    }

    /**
     * The store checks the CRC as the bytes come in. Their SHA-256 is their name and is checked whenever they are read,
     * so there is no need to sign it: a store that has to check the signature of a payload keeps it in memory first.
     */
    private static Http.Headers headers(Spool content) {
        return new Http.Headers(
                CHECKSUM,
                base64(content.crc32c()),
                "x-amz-sdk-checksum-algorithm",
                "CRC32C",
                "x-amz-content-sha256",
                "UNSIGNED-PAYLOAD");
    }

    private static String base64(int crc32c) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array());
    }

    /** For a store that does not say which checksum it has verified. */
    private void requireHeld(String key, Spool content) {
        Sha256 held = get(key, Spool::digestOf).orElse(Sha256.EMPTY);
        if (!held.equals(content.digest())) {
            throw new StorageUnavailableException(
                    "%s took %s with SHA-256 %s and holds %s".formatted(address, key, content.digest(), held));
        }
    }

    private <T> T answer(String doing, Supplier<CompletableFuture<T>> request) {
        try {
            return request.get().join();
        } catch (CompletionException e) {
            throw unavailable(doing, e);
        }
    }

    private StorageUnavailableException unavailable(String doing, Exception e) {
        Throwable cause = cause(e);
        return new StorageUnavailableException("%s failed at %s: %s".formatted(address, doing, reason(cause)), cause);
    }

    private static boolean isAbsent(CompletionException failure) {
        return cause(failure) instanceof ErrorResponseException e
                && e.errorResponse().code().equals("NoSuchKey");
    }

    /** The client wraps what happened, once or twice, in one way or another. */
    private static Throwable cause(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The HTTP status of the store's answer; 0 where none came. */
    private static int status(Throwable cause) {
        if (cause instanceof ErrorResponseException e) {
            return e.response().code();
        }
        return cause instanceof ServerException e ? e.statusCode() : 0;
    }

    /** One line for people: the client's own messages may carry whole pages and signatures. */
    private static String reason(Throwable cause) {
        if (cause instanceof ErrorResponseException e) {
            return status(e) + " " + e.errorResponse().code();
        }
        if (cause instanceof ServerException || cause instanceof InvalidResponseException) {
            return "an answer that is not S3's";
        }
        return Objects.requireNonNullElse(cause.getMessage(), "no answer");
    }

    /** The MinIO client, and what it cannot do. */
    private static final class Client extends MinioAsyncClient {
        private static final String FIRST_REGION = "us-east-1";

        Client(MinioAsyncClient client) {
            super(client);
        }

        /** The client's own call names the region, and S3 refuses the name of its first one. */
        CompletableFuture<?> create(String bucket, String region) {
            MakeBucketArgs.Builder args = MakeBucketArgs.builder().bucket(bucket);
            return region.equals(FIRST_REGION)
                    ? executePutAsync(args.build(), null, null, Http.EMPTY_BODY).thenAccept(Response::close)
                    : makeBucket(args.region(region).build());
        }
    }
}
