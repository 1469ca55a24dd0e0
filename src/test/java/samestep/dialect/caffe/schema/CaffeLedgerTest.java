package samestep.dialect.caffe.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import samestep.dialect.Input;
import samestep.dialect.MessageMutation;
import samestep.dialect.MutationJudge;
import samestep.dialect.MutationJudge.Variant;
import samestep.dialect.caffe.CaffeDialect;
import samestep.dialect.schema.Schema;
import samestep.recipe.ledger.LedgerRow;
import samestep.text.SourceText;

/** Every field of a solver and of a net, changed: comparing sees it, or the ledger says why not. */
class CaffeLedgerTest {
    private static final Path BASES = Path.of("fixtures/ledgers/caffe");
    private static final List<String> SOLVERS =
            List.of("net", "step", "multistep", "adam", "rmsprop", "old-solver", "tests");
    private static final List<String> NETS =
            List.of("net", "functions", "multistep", "data-hdf5", "data-image", "data-memory", "data-window");

    @Test
    void comparingSeesWhatTheLedgerSays() throws IOException {
        List<MessageMutation> solvers = solvers(SOLVERS);
        List<MessageMutation> nets = solvers(NETS);
        nets.add(net("net-v1"));
        MutationJudge judge = new MutationJudge(new CaffeDialect());
        List<String> wrong = new ArrayList<>();
        for (LedgerRow row : CaffeLedger.whole().rows()) {
            List<Variant> variants = new ArrayList<>();
            for (MessageMutation base : bases(row.fields().get(0), solvers, nets)) {
                variants.addAll(base.of(row));
            }
            String words = judge.wrong(row.decides(), variants);
            if (!words.isEmpty()) {
                wrong.add(row.decides().word() + " " + row.fields() + " " + words);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void everyFieldOfTheSchemaHasARow() {
        List<String> missing = new ArrayList<>();
        for (String message : CaffeLedger.messages()) {
            for (Schema.Field field :
                    CaffeSchema.schema().message(message).fields().values()) {
                String path = message + "." + field.name();
                if (field.type() != Schema.Type.MESSAGE
                        && CaffeLedger.ledger().row(path, "").isEmpty()) {
                    missing.add(path);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Which layers are trained is asked of one file, and the first format of nets has one of its own. */
    private static List<MessageMutation> bases(String field, List<MessageMutation> solvers, List<MessageMutation> nets)
            throws IOException {
        if (field.startsWith("NetState")) {
            return List.of(solver("rules"));
        }
        if (field.startsWith("V0")) {
            return List.of(net("net-v0"));
        }
        return field.contains("SolverParameter.") ? solvers : nets;
    }

    private static List<MessageMutation> solvers(List<String> names) throws IOException {
        List<MessageMutation> solvers = new ArrayList<>();
        for (String name : names) {
            solvers.add(solver(name));
        }
        return solvers;
    }

    private static MessageMutation solver(String name) throws IOException {
        return new MessageMutation(text(name), "SolverParameter", CaffeLedgerTest::inner, Input::of);
    }

    private static MessageMutation net(String name) throws IOException {
        SourceText solver = text("old-solver");
        return new MessageMutation(text(name), "NetParameter", CaffeLedgerTest::inner, net -> Input.of(solver, net));
    }

    private static SourceText text(String name) throws IOException {
        Path path = BASES.resolve(name + ".prototxt");
        return new SourceText(path.toString(), Files.readString(path));
    }

    private static String inner(String type, String field) {
        Optional<Schema.Field> known = CaffeSchema.schema().message(type).field(field);
        return known.filter(f -> f.type() == Schema.Type.MESSAGE)
                .map(f -> CaffeSchema.schema().messageOf(f).name())
                .orElse("");
    }
}
