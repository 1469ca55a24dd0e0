package samestep.dialect.pytorch.mmengine;

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
import samestep.text.Words;

/**
 * A configuration of MMEngine (MMDetection, MMSegmentation and others) or of MMCV 1: a Python file of dicts. Nothing of it is
 * run.
 */
public final class MmengineForm implements PytorchForm {
    private static final Words NAMES =
            Words.of("_base_", "read_base", "optim_wrapper", "lr_config", "optimizer_config");
    private static final Pattern INHERITS =
            Pattern.compile("(?m)^(?:_base_[ \\t]*=|with[ \\t]+read_base\\(\\)[ \\t]*:)");
    private static final Pattern WRAPPER = Pattern.compile("(?m)^optim_wrapper(?:\\.\\w+)*[ \\t]*[=(]");
    private static final Pattern OLD = Pattern.compile("(?m)^(?:lr_config|optimizer_config)[ \\t]*=");

    @Override
    public String describes() {
        return "an MMEngine or MMCV configuration";
    }

    @Override
    public boolean recognises(SourceText source) {
        String text = source.text();
        return source.name().endsWith(".py")
                && source.has(NAMES)
                && (INHERITS.matcher(text).find()
                        || WRAPPER.matcher(text).find()
                        || OLD.matcher(text).find());
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        List<Finding> findings = new ArrayList<>();
        Companions.Home home = input.companions().home();
        Optional<Mapping> values = new ConfigLoader(home.repository(), findings).load(source, home.path(source));
        if (values.isEmpty()) {
            return Outcome.failed(findings);
        }
        Entries all = new Entries(values.get(), "", Place.start(source), findings);
        boolean isNew = all.has("optim_wrapper");
        if (!isNew && !all.has("optimizer")) {
            return Outcome.failed(Finding.at(
                    Place.start(source), Code.SS008, "neither this configuration nor a base of it has an optimizer"));
        }
        PytorchConfiguration read =
                isNew ? new MmengineReader(input, all, findings).read() : new MmcvReader(input, all, findings).read();
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)
                ? Outcome.failed(findings)
                : Outcome.of(read, findings);
    }
}
