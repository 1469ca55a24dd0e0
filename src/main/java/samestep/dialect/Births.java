package samestep.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.print.ExpressionPrinter;
import samestep.finding.Place;
import samestep.program.value.Value;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Where numbers of a program come from, as a recipe says it. */
public final class Births {
    /** What a rate is taken as where no number of the program can be. */
    public static final String STAND_IN = "1, which no file gives";

    private static final String TAKEN_AS = "taken as ";

    private static final String BY_DEFAULT = "from ";

    private static final int LONGEST = 60;

    private Births() {}

    /** The note of a number that stands for one that is not known. */
    public static String taken(String as) {
        return TAKEN_AS + as;
    }

    /** The note of a number that a library has, and no file of the program. */
    public static String byDefault(String of) {
        return BY_DEFAULT + of;
    }

    /** The number itself, where it is one that a library has and nothing was made of it. */
    public static Optional<Quantity> ofLibrary(Value.Number number) {
        List<String> notes = number.origin().notes();
        boolean isPlain = number.origin().literals().isEmpty()
                && notes.size() == 1
                && notes.get(0).startsWith(BY_DEFAULT);
        return isPlain
                ? number.formula()
                        .map(value -> new Quantity(
                                value, "", new Origin.Default(notes.get(0).substring(BY_DEFAULT.length()))))
                : Optional.empty();
    }

    /** The number itself. */
    public static Quantity quantity(Value.Number number, Place argument) {
        return ofLibrary(number).orElseGet(() -> computed(number, argument));
    }

    private static Quantity computed(Value.Number number, Place argument) {
        Expression value = Expression.literal(number.decimal());
        return new Quantity(value, text(number), origin(number, argument, ""));
    }

    /** As it is written, where it is one literal. */
    public static String text(Value.Number number) {
        return number.literal().map(Place::text).orElse("");
    }

    /**
     * Where it comes from: the literal, and the calls through which it was handed.
     *
     * @param argument where it is used
     * @param derived what was made of it; empty where nothing was
     */
    public static Origin origin(Value.Number number, Place argument, String derived) {
        if (number.origin().notes().contains(taken(STAND_IN))) {
            return new Origin.NotKnown(taken(STAND_IN), Optional.of(argument));
        }
        List<String> how = new ArrayList<>();
        if (!derived.isEmpty()) {
            how.add(derived);
        }
        if (number.literal().isEmpty()) {
            number.formula().map(Births::shown).ifPresent(how::add);
        }
        List<String> through = number.origin().through();
        Place place = birth(number).orElse(argument);
        return how.isEmpty()
                ? new Origin.Written(place, through)
                : new Origin.Derived(String.join(", ", how), Optional.of(place), through);
    }

    /**
     * The literal where it is born: the only one; of several, the only one on its own, as in {@code DECAY = 5e-4},
     * because the others are factors, such as the 2 of {@code l2(DECAY / 2)}.
     *
     * @return empty if none of several is it
     */
    public static Optional<Place> birth(Value.Number number) {
        List<Place> literals = number.origin().literals().stream().distinct().toList();
        if (literals.size() == 1) {
            return Optional.of(literals.get(0));
        }
        List<Place> alone = literals.stream().filter(Births::standsAlone).toList();
        return alone.size() == 1 ? Optional.of(alone.get(0)) : Optional.empty();
    }

    private static boolean standsAlone(Place place) {
        String text = place.source().text();
        int before = place.span().start() - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        int after = place.span().end();
        while (after < text.length() && (text.charAt(after) == ' ' || text.charAt(after) == '\t')) {
            after++;
        }
        boolean isStart = before < 0 || "=(,:[{\n\r".indexOf(text.charAt(before)) >= 0;
        return isStart && (after >= text.length() || "),]};#\n\r".indexOf(text.charAt(after)) >= 0);
    }

    private static String shown(Expression formula) {
        String text = ExpressionPrinter.print(formula);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
