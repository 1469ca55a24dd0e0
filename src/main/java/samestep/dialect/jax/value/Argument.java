package samestep.dialect.jax.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;

/** An argument of one of Optax' functions, wherever it is written. */
public sealed interface Argument {
    /** A number. */
    record Num(Quantity quantity) implements Argument {}

    /** True or false. */
    record Flag(boolean on) implements Argument {}

    /** A word. */
    record Text(String text) implements Argument {}

    /** None. */
    record Nothing() implements Argument {}

    /** A list. */
    record Many(List<Argument> values) implements Argument {
        /** Copies the list. */
        public Many {
            values = List.copyOf(values);
        }
    }

    /** A dict; its keys are words or numbers as they are written. */
    record Table(Map<String, Argument> entries) implements Argument {
        /** Copies the entries. */
        public Table {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** What another of Optax' functions gives: a transformation or a schedule. */
    record Given(OptaxCall call) implements Argument {}

    /**
     * A function of the update, from 0, that is none of Optax' own.
     *
     * @param name what it is, for messages
     * @param values the numbers that it is made of, as far as they are known
     */
    record Curve(ScheduleForm form, String name, List<Schedule.NamedValue> values) implements Argument {
        /** Copies the values. */
        public Curve {
            values = List.copyOf(values);
        }
    }

    /**
     * What a tree that has the shape of the parameters says of each: true or false in a mask, a label.
     *
     * @param of by parameter: by what it does in every layer, or by name where the tree is written out
     */
    record Tree(Map<ParameterName, String> of, Place place) implements Argument {
        /** What stands for true in a mask. */
        public static final String TRUE = "True";
        /** What stands for false in a mask. */
        public static final String FALSE = "False";

        /** Copies the map. */
        public Tree {
            of = Collections.unmodifiableMap(new LinkedHashMap<>(of));
        }

        /** One that says the same of a kind of parameter in every layer. */
        public static Tree byRole(Map<Role, String> of, Place place) {
            Map<ParameterName, String> names = new LinkedHashMap<>();
            of.forEach((role, word) -> names.put(new ParameterName(ParameterName.ANY_LAYER, role), word));
            return new Tree(names, place);
        }

        /** What it says of a parameter. */
        public Optional<String> at(ParameterName name) {
            return Optional.ofNullable(of.get(name))
                    .or(() -> Optional.ofNullable(of.get(new ParameterName(ParameterName.ANY_LAYER, name.role()))));
        }
    }

    /**
     * Something that is not known.
     *
     * @param why in words
     */
    record Unknown(String why, Place place) implements Argument {}

    /** The number that it is. */
    default Optional<Quantity> number() {
        return this instanceof Num num ? Optional.of(num.quantity()) : Optional.empty();
    }
}
