package samestep.dialect.pytorch.lazy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.dialect.Companions;
import samestep.dialect.Entries;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.program.value.Mapping;
import samestep.text.SourceText;

/** A configuration of detectron2's {@code tools/lazyconfig_train_net.py}: a Python file. Nothing of it is run. */
public final class LazyForm implements PytorchForm {
    /** The file makes the optimizer's dict, or takes it from another configuration. */
    private static final Pattern OPTIMIZER =
            Pattern.compile("(?m)^(?:optimizer[ \\t]*=|from[ \\t]+\\.[^#;]*?\\bimport\\b[^#;=]*?\\boptimizer\\b)");

    private static final Pattern OTHER_PARTS = Pattern.compile("(?m)^(?:lr_multiplier|train|dataloader)\\b");
    private static final Pattern IMPORTED =
            Pattern.compile("(?m)^from[ \\t]+\\.[^#;]*?\\bimport\\b[^#;=]*?\\b(?:lr_multiplier|train)\\b");

    @Override
    public String describes() {
        return "a LazyConfig of detectron2";
    }

    @Override
    public boolean recognises(SourceText source) {
        String text = source.text();
        boolean marked = text.contains("LazyCall")
                || text.contains("model_zoo")
                || IMPORTED.matcher(text).find();
        return source.name().endsWith(".py")
                && marked
                && text.contains("optimizer")
                && !text.contains("__main__")
                && OPTIMIZER.matcher(text).find()
                && (OTHER_PARTS.matcher(text).find() || IMPORTED.matcher(text).find());
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        List<Finding> findings = new ArrayList<>();
        Companions.Home home = input.companions().home();
        LazyLoader loader = new LazyLoader(home.repository(), findings);
        Optional<Mapping> values = loader.load(source, home.path(source));
        if (values.isEmpty()) {
            return Outcome.failed(findings);
        }
        Mapping resolved = Interpolations.resolved(values.get());
        Entries all = new Entries(resolved, "", Place.start(source), findings);
        if (!all.has("optimizer")) {
            return Outcome.failed(Finding.at(
                    Place.start(source),
                    Code.SS008,
                    "neither this configuration nor one that it imports has an optimizer"));
        }
        PytorchConfiguration read = new LazyReader(input, all, findings).read();
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)
                ? Outcome.failed(findings)
                : Outcome.of(read, findings);
    }
}
