package samestep.dialect.tensorflow.write;

import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;

/** The values of a message of a model, which the schema here does not describe. */
public record PlainNumbers(SourceText source, PrototxtMessage message) {

    private Optional<PrototxtScalar> scalar(String field) {
        return message.last(field)
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(PrototxtScalar.class::cast);
    }

    /** A number, or the default of the Object Detection API. */
    public Quantity of(String field, String byDefault) {
        return scalar(field)
                .flatMap(s ->
                        s.decimal().map(number -> new Quantity(Expression.literal(number), s.text(), origin(field))))
                .orElseGet(() -> Quantity.byDefault(byDefault, "the Object Detection API's default of " + field));
    }

    /** A word as it is; empty where it is not given. */
    public String word(String field) {
        return scalar(field).map(PrototxtScalar::value).orElse("");
    }

    /** Where a field that is given is written. */
    public Origin origin(String field) {
        return scalar(field)
                .<Origin>map(s -> new Origin.Written(new Place(source, s.span())))
                .orElse(new Origin.Default("the Object Detection API's default of " + field));
    }
}
