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
    ModelFollower follower(
            SamplerConfig config, CurrentModel current, ImageDecoder.Factory decoders, SamplerMetrics metrics) {
        CheckpointClient client = new CheckpointClient(
                new HttpCalls(config.connectTimeout(), config.callTimeout()), config.checkpointService());
        Clock clock = Clock.systemUTC();
        return new ModelFollower(
                client,
                config.run(),
                new ModelLoader(client, decoders, config.maxParamsSize().asLongValue(), clock),
                current,
                new Rejections(clock, config.retryRejectedAfter()),
                metrics);
    }

    @Produces
    @Singleton
    Models models(CurrentModel current, ModelFollower follower) {
        return new Models(current, follower);
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
}
