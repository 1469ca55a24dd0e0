package samestep.dialect.tensorflow.program.update;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.Products;
import samestep.dialect.tensorflow.program.graph.Gradients;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.graph.Trainings;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.finding.Place;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Quantity;

/**
 * Gradients that are multiplied by the learning rate before an optimizer whose own is 1: {@code [(rate * g, v) for g, v in
 * pairs]}. Only a schedule is read so; a number is a factor as any other.
 */
public final class CarriedRate {
    private final GraphWorld world;

    /** A gradient as it is applied, taken apart. */
    private record Part(Value gradient, Rates.Rate rate) {}

    CarriedRate(GraphWorld world) {
        this.world = world;
    }

    /** The update with the rate that its gradients carry, if all of them carry the same. */
    public Updates.Update of(Updates.Update update) {
        boolean isOne = update.rate()
                .filter(r -> r.isKnown() && r.factor().isOne() && r.base() instanceof Value.Number n && n.value() == 1)
                .isPresent();
        Sequence pairs = update.training().pairs();
        if (!isOne || pairs.elements().isEmpty()) {
            return update;
        }
        List<Value> plain = new ArrayList<>();
        Map<Variable, Quantity> factors = new LinkedHashMap<>();
        Optional<Rates.Rate> rate = Optional.empty();
        for (Value pair : pairs.elements()) {
            Value bare = Gradients.bare(pair);
            Optional<Variable> variable = world.variables().of(Trainings.variable(bare));
            Optional<Part> part = part(
                    Trainings.gradient(bare),
                    Trainings.variable(bare),
                    update.training().call().place());
            if (part.isEmpty()
                    || variable.isEmpty()
                    || rate.filter(r -> !r.isLike(part.get().rate())).isPresent()) {
                return update;
            }
            rate = Optional.of(part.get().rate());
            factors.put(variable.get(), part.get().rate().factor());
            Value inner = Sequence.tuple(part.get().gradient(), Trainings.variable(bare));
            plain.add(pair instanceof Value.Guarded guarded ? new Value.Guarded(inner, guarded.when()) : inner);
        }
        Trainings.Training training =
                update.training().with(new Sequence(pairs.kind(), plain, pairs.rest(), pairs.place()));
        return new Updates.Update(training, update.optimizer(), rate, factors);
    }

    private Optional<Part> part(Value gradient, Value variable, Place place) {
        List<Value> factors = Products.factors(Gradients.bare(gradient));
        for (int i = 0; i < factors.size(); i++) {
            Value other = factors.get(1 - i);
            Value factor = Products.uncast(factors.get(i), List.of(other, variable));
            Optional<Rates.Rate> rate = Rates.scheduled(factor, place, world.variables());
            if (rate.isPresent()) {
                return Optional.of(new Part(other, rate.get()));
            }
        }
        return Optional.empty();
    }
}
