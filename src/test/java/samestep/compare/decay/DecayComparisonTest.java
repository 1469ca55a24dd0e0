package samestep.compare.decay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.compare.decay.DecayComparison.Relation;
import samestep.equation.Expression;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

class DecayComparisonTest {
    private static Quantity number(String number) {
        return Quantity.byDefault(number, "test");
    }

    private static Stage l2(String coefficient) {
        return new Stage.Penalty(Stage.Penalty.Norm.L2, number(coefficient));
    }

    /** One kernel for each list of stages, and a bias that decays, which does not matter here. */
    @SafeVarargs
    private static Recipe recipe(List<Stage>... kernels) {
        List<Parameter> parameters = new ArrayList<>();
        for (List<Stage> stages : kernels) {
            parameters.add(parameter("layer" + parameters.size(), Role.KERNEL, stages));
        }
        parameters.add(parameter("layer", Role.BIAS, List.of(l2("7"))));
        ScheduleForm rate = new ScheduleForm.Constant(Expression.literal(1));
        return new Recipe(
                "Test", parameters, Schedule.of(rate, 1, OptionalLong.empty(), "constant"), Recipe.Counting.UPDATES);
    }

    private static Parameter parameter(String layer, Role role, List<Stage> stages) {
        return new Parameter(new ParameterName(layer, role), number("1"), false, stages, Optional.empty());
    }

    private static Relation relation(Recipe source, Recipe target) {
        return DecayComparison.of(source, target).relation();
    }

    @Test
    void oneNumberOnEachSideIsAFactor() {
        DecayComparison decay = DecayComparison.of(recipe(List.of(l2("0.0005"))), recipe(List.of(l2("0.001"))));
        assertEquals(Relation.FACTOR, decay.relation());
        assertEquals("2", decay.factor().orElseThrow().toPlainString());
        assertEquals(Relation.SAME, relation(recipe(List.of(l2("0.0005"))), recipe(List.of(l2("5e-4")), List.of())));
    }

    @Test
    void aSideWithoutADecayIsSaid() {
        Recipe none = recipe(List.of(), List.of(l2("0")));
        Recipe some = recipe(List.of(l2("0.1")));
        assertEquals(Relation.DROPPED, relation(some, none));
        assertEquals(Relation.ADDED, relation(none, some));
        assertEquals(Relation.NONE, relation(none, none));
    }

    @Test
    void whatIsNoMultipleOfTheWeightHasNoNumber() {
        Stage.Scale half = new Stage.Scale(number("0.5"));
        Recipe some = recipe(List.of(l2("0.1")));
        List<List<Stage>> others = Arrays.asList(
                List.of(new Stage.Penalty(Stage.Penalty.Norm.L1, number("0.1"))),
                List.of(new Stage.DecoupledDecay(number("0.1"))),
                List.of(l2("0.1"), l2("0.1")),
                List.of(l2("0.1"), half));
        others.forEach(stages -> assertEquals(Relation.SEVERAL, relation(some, recipe(stages)), stages.toString()));
        assertEquals(Relation.SEVERAL, relation(some, recipe(List.of(l2("0.1")), List.of(l2("0.2")))));
    }

    /** A decay is as strong as it is beside the gradient of the loss. */
    @Test
    void aDecayIsComparedForTheLossThatItIsAddedTo() {
        Recipe mean = recipe(List.of(l2("0.1")));
        Stage.Scale half = new Stage.Scale(number("0.5"));
        Stage.LossScale weight = new Stage.LossScale(Stage.LossScale.Form.WEIGHTED, number("64"));
        Stage.LossScale sum = new Stage.LossScale(Stage.LossScale.Form.SUMMED, number("1"));
        Stage.Accumulation four = new Stage.Accumulation(4, false);

        assertEquals(Relation.SAME, relation(mean, recipe(List.of(half, l2("0.05")))));
        assertEquals(Relation.FACTOR, relation(mean, recipe(List.of(half, l2("0.1")))));
        assertEquals(Relation.SAME, relation(mean, recipe(List.of(weight, l2("6.4")))));
        assertEquals(Relation.SAME, relation(mean, recipe(List.of(four, l2("0.4")))));
        assertEquals(Relation.OTHER_UNITS, relation(mean, recipe(List.of(sum, l2("0.1")))));
        assertEquals(Relation.SAME, relation(recipe(List.of(sum, l2("0.1"))), recipe(List.of(sum, l2("0.1")))));
        Recipe of64 = recipe(List.of(sum, l2("6.4"))).withBatchSize(Optional.of(number("64")));
        assertEquals(Relation.SAME, relation(mean, of64));
        assertEquals(Relation.SAME, relation(of64, mean));
    }

    @Test
    void whatIsNotKnownIsNotTakenForNone() {
        Recipe some = recipe(List.of(l2("0.1")));
        Stream.of(recipe(List.of(new UnknownStage("a penalty"))), recipe())
                .forEach(unknown -> assertEquals(Relation.NOT_KNOWN, relation(some, unknown)));
    }
}
