package dev.vaestream.integrationtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.vaestream.contracts.AliasMove;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.RunRequest;
import dev.vaestream.local.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sampler's page in a browser, with real services behind it. Its last state of each test is kept as a picture. */
class PageIT {
    private static final int DESK = 1280;
    private static final int PHONE = 390;
    private static final double PATIENCE_MS = 30_000;
    private static final int NOT_FOUND = 404;

    @TempDir
    private static Path directory;

    private static Pipeline pipeline;
    private static Chromium chromium;

    private Page page;

    @BeforeAll
    static void start() {
        Optional<Path> executable = Chromium.find();
        assumeTrue(executable.isPresent(), "there is no chromium here, so the page is not tested");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        pipeline = Pipeline.start(directory);
        pipeline.createStream("digits", 1, 1);
        pipeline.startRun(new RunRequest("earlier", Runs.small("digits", 1_000, 500)));
        pipeline.awaitWeights("earlier");
        chromium = Chromium.start(executable.get());
    }

    @AfterAll
    static void close() {
        if (pipeline != null) {
            pipeline.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        page = chromium.open(DESK, ColorScheme.LIGHT);
        visit();
    }

    @AfterEach
    void keepAPicture(TestInfo test) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(
                        "target",
                        "screenshots",
                        test.getTestMethod().orElseThrow().getName() + ".png"))
                .setFullPage(true));
        page.context().close();
    }

    @Test
    void aRunIsSeenFromItsBeginningToItsEnd() {
        pipeline.startRun(new RunRequest("watched", Runs.small("digits", 3_000, 1_000, 1)));
        assertThat(page.locator("#watched option[value=watched]")).isAttached();
        page.locator("#watched").selectOption("watched");

        assertThat(page.locator("#run-state")).hasText("completed");
        assertThat(page.locator("#chart"))
                .hasAttribute("aria-label", Pattern.compile("Curves of run watched up to step 2,9\\d\\d: loss .*"));
        assertThat(page.locator("#figures")).containsText("3,000 of 3,000");
        assertThat(page.locator("#checkpoint-rows tr")).hasCount(2);
    }

    @Test
    void anotherRunCanBeLaidBesideIt() {
        pipeline.startRun(new RunRequest("second", Runs.small("digits", 500, 500, 2)));
        assertThat(page.locator("#watched option[value=second]")).isAttached();
        page.locator("#watched").selectOption("second");
        page.locator("#beside").selectOption("earlier");

        assertThat(page.locator("#legend")).containsText("earlier");
    }

    @Test
    void theDigitsAreThereAndCanBeKept() {
        assertThat(page.locator("#picture")).isVisible();
        assertThat(page.locator("#rows li")).hasCount(10);
        assertThat(page.locator("#download")).hasAttribute("download", Pattern.compile(".+-\\d+-seed-0\\.png"));
    }

    @Test
    void anAliasIsPromotedAndRolledBackOnceThatIsConfirmed() {
        watch("earlier");

        promote(500);
        assertThat(page.locator("#checkpoints-message")).hasText("production points at step 500 now.");
        promote(1_000);
        assertThat(page.locator("#checkpoints-message")).hasText("production points at step 1,000 now.");
        page.locator("#aliases button").click();
        page.locator("#confirm-yes").click();

        assertThat(page.locator("#checkpoints-message")).hasText("production points at step 500 again.");
        assertThat(page.locator("#aliases")).containsText("production is step 500");
        AliasMove move = Json.read(
                pipeline.get(Member.CHECKPOINT, "/v1/runs/earlier/aliases/production")
                        .body(),
                AliasMove.class);
        assertThat(move.step()).isEqualTo(500);
        assertThat(move.number()).isEqualTo(3);
    }

    @Test
    void whatIsNotConfirmedIsNotDone() {
        watch("earlier");
        page.getByLabel("Promote step 1000", exactly()).click();
        page.locator("#confirm-alias").fill("never");
        page.locator("#confirm-no").click();

        assertThat(page.locator("#confirm")).isHidden();
        assertThat(pipeline.get(Member.CHECKPOINT, "/v1/runs/earlier/aliases/never")
                        .statusCode())
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void aNameThatIsNoneIsSaidInTheDialog() {
        watch("earlier");
        page.getByLabel("Promote step 1000", exactly()).click();
        page.locator("#confirm-alias").fill("No Name");
        page.locator("#confirm-yes").click();

        assertThat(page.locator("#confirm-message")).containsText("alias is 'No Name'; it must be");
    }

    @Test
    void aCheckpointIsVerified() {
        watch("earlier");
        page.getByLabel("Verify step 1000", exactly()).click();

        assertThat(page.locator(".verdict").first()).containsText("whole: 2 blobs");
    }

    @Test
    void aServiceThatIsDownSaysSoAndComesBackWhileTheRestGoesOn() {
        Locator ingest = page.locator(".box").first();
        assertThat(ingest).containsText("up");
        pipeline.cluster().kill(Member.INGEST);

        assertThat(ingest).hasClass(Pattern.compile("\\bdown\\b"));
        assertThat(ingest).containsText("does not answer at http://");
        assertThat(page.locator("#picture")).isVisible();
        assertThat(ingest).hasClass(Pattern.compile("\\bup\\b"), atMost(60_000));
    }

    @Test
    void theLatentSpaceIsWalkedWithArrowKeys() {
        page.locator("#explorer").scrollIntoViewIfNeeded();
        assertThat(page.locator("#dimensions input").first()).isVisible();
        page.locator("#pad").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowUp");

        assertThat(page.locator("#place")).hasText(Pattern.compile("z\\d+ 0\\.2, z\\d+ 0\\.2"));
    }

    @Test
    void aDrawnDigitHasANearestClass() {
        assumeTrue(
                pipeline.postJson(Member.SAMPLER, "/v1/reconstructions", "{}").statusCode() != NOT_FOUND,
                "this sampler reconstructs nothing");
        page.locator("#paper").scrollIntoViewIfNeeded();
        page.locator("#paper").focus();
        for (int i = 0; i < 10; i++) {
            page.keyboard().press("Shift+ArrowDown");
        }

        assertThat(page.locator("#nearest")).hasText(Pattern.compile("Nearest: class \\d, loss .*"));
        assertThat(page.locator("#guesses li")).hasCount(10);
    }

    @Test
    void aPromotionTakesNoMouse() {
        watch("earlier");
        tabTo("Promote step 1000");
        page.keyboard().press("Enter");
        assertThat(page.locator("#confirm")).isVisible();
        page.keyboard().press("Escape");

        assertThat(page.locator("#confirm")).isHidden();
        assertThat(page.getByLabel("Promote step 1000", exactly())).isFocused();
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "390, LIGHT"})
    void nobodyIsLeftOut(int width, ColorScheme colors) {
        page.context().close();
        page = chromium.open(width, colors);
        visit();
        page.locator("#explorer").scrollIntoViewIfNeeded();
        assertThat(page.locator("#dimensions input").first()).isVisible();
        var found = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze();

        assertThat(found.getViolations())
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream().map(node -> node.getHtml()).toList())
                .isEmpty();
    }

    @Test
    void aPhoneShowsItWithoutScrollingSideways() {
        page.setViewportSize(PHONE, 800);

        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(PHONE);
    }

    private void visit() {
        page.navigate(pipeline.address(Member.SAMPLER, "/").toString());
        assertThat(page.locator("#panels")).not().hasClass("waiting");
        assertThat(page.locator("#picture")).isVisible();
    }

    private void watch(String run) {
        page.locator("#watched").selectOption(run);
        assertThat(page.locator("#checkpoint-rows tr")).hasCount(2);
        assertThat(page.getByLabel("Promote step 500", exactly())).isVisible();
    }

    private void promote(long step) {
        page.getByLabel("Promote step " + step, exactly()).click();
        page.locator("#confirm-yes").click();
    }

    private void tabTo(String label) {
        for (int i = 0; i < 100; i++) {
            page.keyboard().press("Tab");
            if (label.equals(page.evaluate("document.activeElement.getAttribute('aria-label')"))) {
                return;
            }
        }
        throw new AssertionError("no way to " + label + " with the keyboard");
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static LocatorAssertions.HasClassOptions atMost(double milliseconds) {
        return new LocatorAssertions.HasClassOptions().setTimeout(milliseconds);
    }
}
