package samestep.dialect.pytorch.hydra;

import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.form.FormChange;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Finding;
import samestep.recipe.ledger.Ledger;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/** A form that describes objects by their classes, and is written. */
interface ObjectForm extends PytorchForm {

    /** Who writes it. */
    ObjectWriter writer();

    /** What names a class in it. */
    String key();

    /** Whether a document has an optimizer, with all its numbers. */
    static boolean hasOptimizer(SourceText source, YamlMapping root, String key) {
        ObjectDocument document = new ObjectDocument(root, key);
        return !document.optimizers().isEmpty() && ObjectReader.isWhole(source, root, document);
    }

    @Override
    default Optional<String> style() {
        return Optional.of(writer().style());
    }

    @Override
    default PytorchConfiguration sayable(PytorchConfiguration configuration, List<Finding> findings) {
        return writer().sayable(configuration, findings);
    }

    @Override
    default String print(PytorchConfiguration sayable) {
        return writer().print(sayable);
    }

    @Override
    default Optional<FormChange> change() {
        return Optional.of((edits, here, wanted) -> new ObjectMerge(edits, here, key()).merge(wanted));
    }

    @Override
    default Optional<Ledger> ledger() {
        return Optional.of(Ledgers.of("lightning"));
    }
}
