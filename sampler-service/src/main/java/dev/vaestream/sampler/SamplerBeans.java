package dev.vaestream.sampler;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the plain classes together. */
final class SamplerBeans {
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
        return new TensorFlowDecoders();
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
    CheckpointClient client(SamplerConfig config) {
        return new CheckpointClient(
                new HttpCalls(config.connectTimeout(), config.callTimeout()), config.checkpointService());
    }

    @Produces
    @Singleton
    ModelLoader loader(SamplerConfig config, CheckpointClient client, ImageDecoder.Factory decoders, Clock clock) {
        return new ModelLoader(client, decoders, config.maxParamsSize().asLongValue(), clock);
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
            CheckpointClient client,
            ModelLoader loader,
            CurrentModel current,
            Rejections rejections,
            SamplerMetrics metrics) {
        return new ModelFollower(client, config.run(), loader, current, rejections, metrics);
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
    LineageFinder lineage(CheckpointClient client) {
        return new LineageFinder(client);
    }

    @Produces
    @Singleton
    RefreshLoop loop(SamplerConfig config, ModelFollower follower) {
        return new RefreshLoop(follower::refresh, config.pollInterval());
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
