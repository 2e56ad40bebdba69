package dev.vaestream.sampler;

import dev.vaestream.contracts.ApiKey;
import dev.vaestream.httpsecurity.CallTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the plain classes together. */
final class SamplerBeans {
    private static final int BEFORE_RESOURCES = 0;

    @Produces
    @Singleton
    Turns turns(SamplerConfig config) {
        return new Turns(config.maxPixelsAtOnce(), config.maxWait());
    }

    @Produces
    @Singleton
    SamplerMetrics metrics(MeterRegistry registry) {
        return new SamplerMetrics(registry);
    }

    @Produces
    @Singleton
    ImageDecoder.Factory decoders() {
        return new VaeDecoders();
    }

    @Produces
    @Singleton
    CurrentModel current() {
        return new CurrentModel();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    CheckpointClient client(SamplerConfig config, CallTls tls) {
        return client(config, tls, config.maxCalls());
    }

    /** Whatever clients ask meanwhile, new checkpoints are found and loaded. */
    private static CheckpointClient ownClient(SamplerConfig config, CallTls tls) {
        return client(config, tls, Integer.MAX_VALUE);
    }

    private static CheckpointClient client(SamplerConfig config, CallTls tls, int maxCalls) {
        return new CheckpointClient(
                new HttpCalls(
                        config.connectTimeout(),
                        config.callTimeout(),
                        maxCalls,
                        tls.context("checkpoint"),
                        config.apiKeyFile().map(ApiKey::read)),
                config.checkpointService());
    }

    @Produces
    @Singleton
    ModelLoader loader(SamplerConfig config, CallTls tls, ImageDecoder.Factory decoders, Clock clock) {
        return new ModelLoader(
                ownClient(config, tls), decoders, config.maxParamsSize().asLongValue(), clock);
    }

    @Produces
    @Singleton
    Rejections rejections(SamplerConfig config, Clock clock) {
        return new Rejections(clock, config.retryRejectedAfter());
    }

    @Produces
    @Singleton
    ModelFollower follower(
            SamplerConfig config,
            CallTls tls,
            ModelLoader loader,
            CurrentModel current,
            Rejections rejections,
            SamplerMetrics metrics) {
        return new ModelFollower(ownClient(config, tls), config.run(), loader, current, rejections, metrics);
    }

    @Produces
    @Singleton
    ModelCache cache(SamplerConfig config) {
        return new ModelCache(
                config.maxRequestedModels(), config.maxRequestedModelsSize().asLongValue());
    }

    @Produces
    @Singleton
    Models models(
            SamplerConfig config,
            CheckpointClient client,
            ModelLoader loader,
            CurrentModel current,
            ModelFollower follower,
            ModelCache cache,
            Rejections rejections,
            SamplerMetrics metrics) {
        return new Models(
                current,
                follower,
                new RequestedModels(
                        new CheckpointFinder(client), loader, current, cache, rejections, metrics, config.maxWait()));
    }

    @Produces
    @Singleton
    LatentFinder latents(SamplerConfig config) {
        return new LatentFinder(config.dataset(), config.maxWait());
    }

    @Produces
    @Singleton
    LineageFinder lineage(CheckpointClient client) {
        return new LineageFinder(client);
    }

    @Produces
    @Singleton
    RefreshLoop loop(SamplerConfig config, ModelFollower follower) {
        return new RefreshLoop(follower::refresh, config.pollInterval());
    }

    /** Before the resource of the same path. */
    void promptly(@Observes Router router, SamplerConfig config, Models models, Turns turns, SamplerMetrics metrics) {
        router.get("/v1/samples")
                .order(BEFORE_RESOURCES)
                .handler(new PromptSamples(config, models, turns, metrics)::handle);
    }

    void start(@Observes StartupEvent event, RefreshLoop loop) {
        loop.start();
    }

    void stop(@Disposes RefreshLoop loop) {
        loop.close();
    }

    void close(@Disposes CurrentModel current) {
        current.close();
    }

    void close(@Disposes ModelCache cache) {
        cache.close();
    }
}
