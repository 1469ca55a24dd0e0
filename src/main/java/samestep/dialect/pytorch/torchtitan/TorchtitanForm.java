package samestep.dialect.pytorch.torchtitan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.toml.Toml;
import samestep.text.SourceText;

/** torchtitan's TOML, which it had until February 2026. */
public final class TorchtitanForm implements PytorchForm {
    private static final List<Pattern> MARKS = List.of(
            Pattern.compile("(?m)^[ \\t]*\\[optimizer][ \\t]*(?:#|\\r?$)"),
            Pattern.compile("(?m)^[ \\t]*\\[training][ \\t]*(?:#|\\r?$)"),
            Pattern.compile("(?m)^[ \\t]*\\[(?:lr_scheduler|parallelism|job)][ \\t]*(?:#|\\r?$)"));

    @Override
    public String describes() {
        return "torchtitan TOML";
    }

    @Override
    public boolean recognises(SourceText source) {
        return source.name().endsWith(".toml")
                && source.text().contains("[optimizer]")
                && MARKS.stream().allMatch(mark -> mark.matcher(source.text()).find());
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return Toml.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields =
                    new Fields(List.of(new Fields.Layer(source, root)), FormDefaults.of("torchtitan"), findings);
            return new TorchtitanReader(input, fields, findings).read();
        });
    }

    @Override
    public Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of("torchtitan"));
    }
}
