package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import samestep.dialect.write.Reasons;
import samestep.program.value.Instance;
import samestep.program.value.Mentions;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * What a loss of the program's own has of the penalties that layers collect in {@code model.losses}.
 *
 * @param kind whether they are in it
 * @param owners the models whose penalties are in it once, as they are
 * @param why what is not understood; empty where everything is
 */
record LossTerm(Kind kind, List<Value> owners, String why) {
    /** How much of the penalties a value has. */
    enum Kind {
        /** None. */
        NONE,
        /** They themselves, as a list of which the sum is to be made. */
        LISTED,
        /** Any one of them, as in a loop over them. */
        EACH,
        /** Their sum, once. */
        ONCE,
        /** They are in it, in a way that is not read. */
        OTHERWISE,
        /** Not known: it is what something gives that is not read. */
        UNKNOWN
    }

    private static final LossTerm NONE = new LossTerm(Kind.NONE, List.of(), "");
    private static final int DEEPEST = 40;

    /** Functions that add up the elements of a list, or of several. */
    private static final Set<String> SUMS =
            Set.of("sum", "add_n", "reduce_sum", "add", "scale_regularization_loss", "accumulate_n");

    /** Functions of one value that leave a sum of scalars as it is. */
    private static final Set<String> SAME =
            Set.of("cast", "identity", "get_scaled_loss", "scale_loss", "convert_to_tensor");

    LossTerm {
        owners = List.copyOf(owners);
    }

    /** Of the value that is differentiated. */
    static LossTerm of(Value value) {
        return of(value, 0);
    }

    private static LossTerm of(Value value, int depth) {
        if (depth > DEEPEST) {
            return unknown("it nests too deeply");
        }
        if (value instanceof Value.Member member && member.name().equals("losses")) {
            return new LossTerm(Kind.LISTED, List.of(member.owner()), "");
        }
        if (value instanceof Value.Made made) {
            return of(made.call(), depth);
        }
        if (value instanceof Value.Computed computed) {
            return computed(computed, depth);
        }
        if (value instanceof Value.Each each && of(each.iterable(), depth + 1).kind() == Kind.LISTED) {
            return new LossTerm(Kind.EACH, of(each.iterable(), depth + 1).owners(), "");
        }
        if (value instanceof Sequence sequence) {
            return sequence.rest().isPresent() ? unknown(Reasons.of(value)) : sumOf(sequence.elements(), depth);
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf(oneOf, depth);
        }
        if (value instanceof Value.Unknown) {
            return unknown(Reasons.of(value));
        }
        return mentionsLosses(value) ? otherwise(value) : NONE;
    }

    private static LossTerm of(RecordedCall call, int depth) {
        String last = Names.last(call.name());
        boolean isOfModel = call.owner().filter(OwnLoop::mayBeModel).isPresent();
        if (isOfModel && last.equals("compute_loss")) {
            // Source: keras/src/trainers/trainer.py, compute_loss: adds self.losses.
            return new LossTerm(Kind.ONCE, List.of(call.owner().orElseThrow()), "");
        }
        if (isOfModel && last.equals("compiled_loss")) {
            return call.argument("regularization_losses", 3)
                    .map(a -> of(a.value(), depth + 1).summed())
                    .orElse(NONE);
        }
        List<Value> arguments = new ArrayList<>();
        call.positional().forEach(a -> arguments.add(a.value()));
        call.keywords().forEach((name, a) -> {
            if (!name.equals("name") && !name.equals("axis") && !name.equals("dtype")) {
                arguments.add(a.value());
            }
        });
        if (SUMS.contains(last)) {
            return sumOf(arguments, depth);
        }
        if (SAME.contains(last) && !arguments.isEmpty()) {
            return of(arguments.get(0), depth + 1);
        }
        if (arguments.stream().anyMatch(LossTerm::mentionsLosses)) {
            return otherwise(new Value.Made(call));
        }
        boolean isRead = call.callee() instanceof Value.Library
                || call.callee() instanceof Value.Made
                || call.owner()
                        .filter(owner -> owner instanceof Value.Made || owner instanceof Value.Computed)
                        .isPresent()
                || isOfModel
                || call.callee() instanceof Instance;
        return isRead ? NONE : unknown("it is what " + call.name() + " gives, which is not read");
    }

    private static LossTerm computed(Value.Computed computed, int depth) {
        List<Value> operands = computed.operands();
        if (computed.operator().equals("+") || SUMS.contains(computed.operator())) {
            LossTerm added = NONE;
            for (Value operand : operands) {
                added = added.and(of(operand, depth + 1));
            }
            return computed.operator().equals("+") ? added : added.summed();
        }
        if (operands.stream().anyMatch(LossTerm::mentionsLosses)) {
            boolean isByOne = operands.size() == 2
                    && (computed.operator().equals("*") || computed.operator().equals("/"))
                    && operands.get(1) instanceof Value.Number n
                    && n.value() == 1;
            return isByOne ? of(operands.get(0), depth + 1) : otherwise(computed);
        }
        LossTerm left = NONE;
        for (Value operand : operands) {
            left = left.and(of(operand, depth + 1));
        }
        return left;
    }

    /** The sum of lists, and of what else is given. */
    private static LossTerm sumOf(List<Value> values, int depth) {
        LossTerm sum = NONE;
        for (Value value : values) {
            sum = sum.and(of(value, depth + 1).summed());
        }
        return sum;
    }

    private static LossTerm oneOf(Value.OneOf oneOf, int depth) {
        Optional<LossTerm> loop = turned(oneOf, depth);
        if (loop.isPresent()) {
            return loop.get();
        }
        LossTerm first = of(oneOf.alternatives().get(0).value(), depth + 1);
        boolean isSame = oneOf.alternatives().stream()
                .map(a -> of(a.value(), depth + 1))
                .allMatch(t -> t.kind() == first.kind() && t.owners().equals(first.owners()));
        return isSame
                ? first
                : unknown("it has them or not"
                        + oneOf.decidedAt().map(p -> ", decided at " + p).orElse(""));
    }

    /** {@code for extra in model.losses: loss += extra}: no turn of the loop, or any number of them. */
    private static Optional<LossTerm> turned(Value.OneOf oneOf, int depth) {
        List<LossTerm> with = new ArrayList<>();
        for (Value.Alternative alternative : oneOf.alternatives()) {
            LossTerm term = of(alternative.value(), depth + 1);
            boolean isTurn = alternative.conditions().size() == 1
                    && mentions(
                            alternative.value(),
                            v -> v instanceof Value.Each each
                                    && each.place()
                                            .equals(alternative
                                                    .conditions()
                                                    .get(0)
                                                    .place()));
            if (term.kind() == Kind.EACH && isTurn) {
                with.add(term);
            } else if (term.kind() != Kind.NONE) {
                return Optional.empty();
            }
        }
        return with.size() == 1
                ? Optional.of(new LossTerm(Kind.ONCE, with.get(0).owners(), ""))
                : Optional.empty();
    }

    private LossTerm summed() {
        return kind == Kind.LISTED ? new LossTerm(Kind.ONCE, owners, why) : this;
    }

    /** Of the sum of this and another. */
    private LossTerm and(LossTerm other) {
        if (kind == Kind.NONE || other.kind == Kind.NONE) {
            return kind == Kind.NONE ? other : this;
        }
        if (kind == Kind.OTHERWISE || other.kind == Kind.OTHERWISE) {
            return kind == Kind.OTHERWISE ? this : other;
        }
        if (kind == Kind.UNKNOWN || other.kind == Kind.UNKNOWN) {
            // Something else beside them changes nothing about them.
            return kind == Kind.UNKNOWN ? other : this;
        }
        if (!Collections.disjoint(owners, other.owners)) {
            return new LossTerm(Kind.OTHERWISE, List.of(), "they are added twice");
        }
        List<Value> all = new ArrayList<>(owners);
        all.addAll(other.owners);
        return new LossTerm(
                kind == other.kind ? kind : Kind.OTHERWISE, all, kind == other.kind ? "" : "not all are added up");
    }

    private static LossTerm unknown(String why) {
        return new LossTerm(Kind.UNKNOWN, List.of(), why);
    }

    private static LossTerm otherwise(Value value) {
        return new LossTerm(Kind.OTHERWISE, List.of(), "the loss has them in " + Reasons.shown(value));
    }

    private static boolean mentionsLosses(Value value) {
        return mentions(
                value, v -> v instanceof Value.Member member && member.name().equals("losses"));
    }

    /** Whether a value, or anything that it is made of other than a model's inputs, is of a kind. */
    static boolean mentions(Value start, Predicate<Value> wanted) {
        return mentions(List.of(start), wanted);
    }

    /** The same for any of several. */
    static boolean mentions(List<Value> starts, Predicate<Value> wanted) {
        return Mentions.any(starts, wanted, v -> v instanceof Value.Made made && OwnLoop.mayBeModel(made));
    }
}
