package samestep.dialect.pytorch.ultralytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.form.YamlValues;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/** Ultralytics' args.yaml, as it writes it beside each run, and its default.yaml, if the mode is to train. */
public final class UltralyticsForm implements PytorchForm {
    @Override
    public String describes() {
        return "Ultralytics args.yaml";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, "task:", "mode:", "lr0:")
                && ConfigurationText.mapping(source)
                        .map(UltralyticsForm::trains)
                        .orElse(false);
    }

    private static boolean trains(YamlMapping root) {
        return root.get("lr0").isPresent()
                && YamlValues.text(root, "task").isPresent()
                && YamlValues.text(root, "mode").equals(Optional.of("train"));
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields =
                    new Fields(List.of(new Fields.Layer(source, root)), FormDefaults.of("ultralytics"), findings);
            UltralyticsReader reader = new UltralyticsReader(input.run(), fields, findings);
            Optional<Finding> refused = reader.refused();
            return refused.isPresent()
                    ? Outcome.failed(
                            refused.get().at(fields.place("optimizer").or(() -> Optional.of(Place.start(source)))))
                    : Outcome.of(Outside.note(reader.configuration(), fields, Place.start(source), findings), findings);
        });
    }
}
