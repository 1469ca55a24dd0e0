package samestep.dialect.tensorflow.traced;

import samestep.dialect.Input;
import samestep.dialect.tensorflow.TensorflowForm;
import samestep.dialect.tensorflow.program.TensorflowPrograms;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** A Python program that trains with TensorFlow 1 or slim. Nothing of it is run. */
public final class TracedForm implements TensorflowForm {
    @Override
    public String describes() {
        return "a Python program of TensorFlow 1";
    }

    @Override
    public boolean recognises(SourceText source) {
        return TensorflowPrograms.recognises(source);
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        return TensorflowPrograms.read(input.source(), input.companions())
                .map(training -> TracedRecipe.of(input.source(), training))
                .orElseGet(() -> Outcome.failed(Finding.at(
                        Place.start(input.source()),
                        Code.SS008,
                        "a program that neither trains with TensorFlow 1 nor makes a model with penalties")));
    }
}
