package dev.vaestream.sampler;

import dev.vaestream.contracts.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code /v1/samples}.
 *
 * @param wantedDigest the manifest's that the checkpoint must have, where it is named
 */
record SampleQuery(
        CheckpointReference reference,
        SampleRequest samples,
        @Nullable Sha256 wantedDigest,
        SampleFormat format) {
    static final String DIGEST = "digest";
    static final OfferedFormats FORMATS = new OfferedFormats(SampleFormat.PNG, SampleFormat.JSON, SampleFormat.NPY);

    private static final Set<String> PARAMETERS = Stream.of(
                    CheckpointReference.PARAMETERS, SampleRequest.PARAMETERS, OfferedFormats.PARAMETERS, Set.of(DIGEST))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Reads the parameters.
     *
     * @param format what the query and whatever else the client sent choose
     * @throws InvalidQueryException naming the parameter, its value and what is accepted
     */
    static SampleQuery of(Map<String, List<String>> parameters, int maxCount, Function<Query, SampleFormat> format) {
        Query query = Query.of(parameters, PARAMETERS);
        CheckpointReference reference = CheckpointReference.of(query);
        Optional<Sha256> digest = query.digest(DIGEST);
        SampleRequest samples = SampleRequest.of(query, maxCount);
        return new SampleQuery(reference, samples, digest.orElse(null), format.apply(query));
    }

    Optional<Sha256> digest() {
        return Optional.ofNullable(wantedDigest);
    }
}
