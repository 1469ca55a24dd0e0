package samestep.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Outcome;
import samestep.report.ResultLine;
import samestep.text.SourceText;
import samestep.translate.Translation;
import samestep.translate.Translator;

/** The whole way, proof included: slow, so it is fuzzed for minutes and not for a number of executions. */
class TranslationFuzzTest {
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();

    /** The bytes are a solver with its net in it, or one that is translated under the defaults. */
    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "caffe.dict")
    void whatIsReadIsTranslated(byte[] bytes) {
        ReadingLaws.text("solver.prototxt", bytes).ifPresent(TranslationFuzzTest::translate);
    }

    private static void translate(SourceText solver) {
        Outcome<Translation> outcome = new Translator(CAFFE, KERAS).translate(Input.of(solver));
        ReadingLaws.assertShown(outcome.findings());
        outcome.value().ifPresent(t -> ResultLine.of(t.comparison(), t.verbatimDrift(), outcome.findings()));
    }

    /** The bytes are a configuration of any framework; each style of each framework is asked for. */
    @FuzzTest(maxDuration = "10m")
    void whatIsReadIsWrittenInEveryStyle(byte[] bytes) {
        ReadingLaws.text("configuration", bytes)
                .ifPresent(text -> Dialects.recognise(text)
                        .ifPresent(from -> Dialects.all()
                                .forEach(to -> to.styles().forEach(style -> {
                                    Outcome<Translation> outcome =
                                            new Translator(from, to).translate(Input.of(text), style);
                                    ReadingLaws.assertShown(outcome.findings());
                                    assertTrue(
                                            outcome.value().isPresent()
                                                    || !outcome.findings().isEmpty(),
                                            to.name() + " " + style);
                                }))));
    }
}
