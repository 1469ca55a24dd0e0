package samestep.dialect.pytorch.form;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.PythonText;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.Stage.LossScale.Form;

/**
 * What the loss is, where it is not the plain mean over the batch. No optimizer says it: it is in the training script,
 * and in documents of Samestep it is {@code "loss": {"of": "mean square", "times": 2.0}}.
 */
public final class LossForms {
    /** What a document has to say. */
    public static final String EXPECTED = "expected an object with \"of\", one of "
            + Arrays.stream(Form.values())
                    .map(form -> PythonText.quoted(words(form)))
                    .collect(Collectors.joining(", "))
            + ", and if wanted \"times\", a number";

    private static final String OF = "of";
    private static final String TIMES = "times";

    private LossForms() {}

    /** The stage that a document describes; empty where it describes none. */
    public static Optional<Stage> read(PytorchObject loss) {
        Optional<Form> form = loss.text(OF).flatMap(LossForms::form);
        Quantity weight = loss.number(TIMES).orElseGet(() -> Quantity.byDefault("1", "no weight of the loss"));
        return form.map(f -> new Stage.LossScale(f, weight));
    }

    private static Optional<Form> form(String words) {
        return Arrays.stream(Form.values()).filter(f -> words(f).equals(words)).findFirst();
    }

    private static String words(Form form) {
        return form.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The description of a stage. */
    public static PytorchObject described(Stage.LossScale scale) {
        return PytorchObject.of("")
                .with(OF, new Text(words(scale.form()), Optional.empty()))
                .with(TIMES, new Num(scale.weight()));
    }

    /** What the script's loss has to be, before the weight. */
    public static String meaning(Form form) {
        return switch (form) {
            case WEIGHTED -> "the mean over the batch";
            case SUMMED -> "the sum over the batch";
            case MEAN_SQUARE -> "the mean of squares over batch and outputs, torch.nn.functional.mse_loss";
            case SUMMED_SQUARE -> "the mean of squares over outputs, summed over the batch";
        };
    }
}
