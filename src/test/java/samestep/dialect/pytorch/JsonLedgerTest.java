package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import samestep.dialect.Input;
import samestep.dialect.MutationJudge;
import samestep.dialect.MutationJudge.Variant;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.finding.Code;
import samestep.recipe.ledger.LedgerRow;
import samestep.text.SourceText;

/** Every member of a JSON document of PyTorch, changed: comparing sees it, or the ledger says why not. */
class JsonLedgerTest {
    private static final String SGD = "\"class_path\": \"torch.optim.SGD\", \"init_args\": {\"lr\": 0.1}";
    /** The description of a live optimizer, in whose words hooks and changes are. */
    private static final String LIVE = "{\"samestep\": \"live/1\", \"framework\": \"pytorch\", \"class\":"
            + " \"torch.optim.SGD\", \"kwargs\": {\"lr\": 0.1}, \"param_groups\": [], FIELD}";

    private static final String BARE = "{" + SGD + ", FIELD}";
    private static final String NAMED = "{\"optimizer\": {" + SGD + "}, \"param_groups\": [{\"param_names\":"
            + " [\"a.weight\", \"b.gain\"], \"weight_decay\": 0.1}], FIELD}";
    private static final String STEP =
            "{\"class_path\": \"torch.optim.lr_scheduler.StepLR\", \"init_args\": {\"step_size\": %s}}";

    private record Change(String field, String document, String before, String after) {}

    private static final List<Change> CHANGES = List.of(
            new Change(
                    "class_path",
                    "{FIELD, \"init_args\": {\"lr\": 0.1}}",
                    "\"torch.optim.SGD\"",
                    "\"torch.optim.Adam\""),
            new Change(
                    "class",
                    "{FIELD, \"kwargs\": {\"lr\": 0.1}, \"param_groups\": []}",
                    "\"torch.optim.SGD\"",
                    "\"torch.optim.Adam\""),
            new Change(
                    "call",
                    "{FIELD, \"kwargs\": {\"lr\": 0.1}, \"param_groups\": []}",
                    "\"torch.optim.SGD\"",
                    "\"torch.optim.Adam\""),
            new Change("init_args", "{\"class_path\": \"torch.optim.SGD\", FIELD}", "{\"lr\": 0.1}", "{\"lr\": 0.2}"),
            new Change(
                    "class_kwargs",
                    "{\"class\": \"torch.optim.SGD\", \"param_groups\": [], FIELD}",
                    "{\"lr\": 0.1}",
                    "{\"lr\": 0.2}"),
            new Change(
                    "kwargs",
                    "{\"class\": \"torch.optim.SGD\", \"param_groups\": [], FIELD}",
                    "{\"lr\": 0.1}",
                    "{\"lr\": 0.2}"),
            new Change("optimizer", "{FIELD}", "{" + SGD + "}", "{" + SGD.replace("0.1", "0.2") + "}"),
            new Change(
                    "param_groups",
                    BARE,
                    "[{\"param_names\": [\"a.weight\"]}]",
                    "[{\"param_names\": [\"a.weight\"], \"lr\": 0.2}]"),
            new Change("frozen", NAMED, "[]", "[\"a.weight\"]"),
            new Change("roles", NAMED, "{}", "{\"b.gain\": \"gamma\"}"),
            new Change(
                    "sorted_by",
                    BARE.replace(
                            "FIELD", "\"param_groups\": [{\"roles\": [\"kernel\"], \"weight_decay\": 0.1}], FIELD"),
                    "\"timm\"",
                    "\"detectron2\""),
            new Change("scheduler", BARE, STEP.formatted(10), STEP.formatted(20)),
            new Change("lr_scheduler", BARE, STEP.formatted(10), STEP.formatted(20)),
            new Change(
                    "training_args",
                    BARE,
                    "{\"lr_scheduler_type\": \"linear\", \"max_steps\": 10}",
                    "{\"lr_scheduler_type\": \"linear\", \"max_steps\": 20}"),
            new Change("accumulation", BARE, "1", "2"),
            new Change(
                    "grad_clip",
                    BARE,
                    "null",
                    "{\"class_path\": \"torch.nn.utils.clip_grad_norm_\", \"init_args\": {\"max_norm\": 1.0}}"),
            new Change("loss", BARE, "null", "{\"of\": \"the mean over the batch\", \"times\": 2.0}"),
            new Change("loss_penalty", BARE, "\"\"", "\"loss = loss + 0.5 * 0.1 * (a.weight**2).sum()\""),
            new Change("updates", BARE, "100", "200"),
            new Change("samestep", BARE, "\"pytorch/1\"", "\"pytorch/0\""),
            new Change("framework", BARE, "\"pytorch\"", "\"torch\""),
            new Change("libraries", BARE, "{\"torch\": \"2.0\"}", "{\"torch\": \"2.1\"}"),
            new Change("parameters", BARE, "[]", "[{\"name\": \"a.weight\"}]"),
            new Change("model", BARE, "\"Net\"", "\"Other\""),
            new Change("hooks", LIVE, "[]", "[\"step_pre\"]"),
            new Change("solved", LIVE, "\"mine.Sgd\"", "\"mine.Other\""),
            new Change("changes", LIVE, "[]", "[\"momentum\"]"),
            new Change("lr_all", BARE, "[0.1]", "[0.2]"),
            new Change("state", BARE, "{\"0\": {\"step\": 1}}", "{\"0\": {\"step\": 2}}"));

    @Test
    void comparingSeesWhatTheLedgerSays() {
        MutationJudge judge = new MutationJudge(new PytorchDialect());
        Set<String> changed = new TreeSet<>();
        for (Change change : CHANGES) {
            LedgerRow row = Ledgers.of("torch-json").row(change.field(), "").orElseThrow();
            Variant variant = new Variant(
                    change.field(), change.field(), input(change, change.before()), input(change, change.after()));
            assertTrue(
                    new PytorchDialect().read(variant.before()).value().isPresent(),
                    change.field() + ": the first document is read");
            assertEquals("", judge.wrong(row.decides(), List.of(variant)), change.field());
            changed.add(change.field());
        }
        Set<String> all = new TreeSet<>();
        Ledgers.of("torch-json").rows().forEach(row -> all.addAll(row.fields()));
        assertEquals(all, changed);
    }

    @Test
    void aMemberThatIsNotKnownIsNamed() {
        String text = BARE.replace("FIELD", "\"ema\": 0.99");
        assertEquals(
                1,
                new PytorchDialect()
                        .read(Input.of(new SourceText("d.json", text))).findings().stream()
                                .filter(f ->
                                        f.code() == Code.SS044 && f.message().contains("ema"))
                                .count());
    }

    private static Input input(Change change, String value) {
        String member = "\"" + change.field() + "\": " + value;
        return Input.of(new SourceText("d.json", change.document().replace("FIELD", member)));
    }
}
