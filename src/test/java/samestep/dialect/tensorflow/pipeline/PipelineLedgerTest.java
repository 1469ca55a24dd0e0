package samestep.dialect.tensorflow.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.dialect.Input;
import samestep.dialect.MessageMutation;
import samestep.dialect.MutationJudge;
import samestep.dialect.MutationJudge.Variant;
import samestep.dialect.schema.Schema;
import samestep.dialect.tensorflow.TensorflowDialect;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.LedgerRow;
import samestep.text.SourceText;

/** Every field of a pipeline, changed: comparing sees it, or the ledger says why not. */
class PipelineLedgerTest {
    private static final Path BASES = Path.of("fixtures/ledgers/pipeline");
    private static final Schema SCHEMA = PipelineSection.SCHEMA;

    @Test
    void comparingSeesWhatTheLedgerSays() throws IOException {
        List<MessageMutation> bases = new ArrayList<>();
        try (Stream<Path> files = Files.list(BASES)) {
            for (Path file : files.sorted().toList()) {
                SourceText source = new SourceText(file.toString(), Files.readString(file));
                bases.add(new MessageMutation(source, "TrainEvalPipelineConfig", PipelineLedgerTest::inner, Input::of));
            }
        }
        MutationJudge judge = new MutationJudge(new TensorflowDialect());
        List<String> wrong = new ArrayList<>();
        for (LedgerRow row : PipelineLedger.whole().rows()) {
            List<Variant> variants =
                    bases.stream().flatMap(base -> base.of(row).stream()).toList();
            String words = judge.wrong(row.decides(), variants);
            if (!words.isEmpty()) {
                wrong.add(row.decides().word() + " " + row.fields() + " " + words);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** The message of a field: the ledger's, or the schema's. */
    private static String inner(String type, String field) {
        return PipelineLedger.ledger()
                .named(type + "." + field)
                .filter(row -> row.decides() == Decides.SECTION)
                .map(LedgerRow::type)
                .or(() -> !SCHEMA.has(type)
                        ? Optional.empty()
                        : SCHEMA.message(type)
                                .field(field)
                                .filter(f -> f.type() == Schema.Type.MESSAGE)
                                .map(f -> SCHEMA.messageOf(f).name()))
                .orElse("");
    }
}
