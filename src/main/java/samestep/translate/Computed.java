package samestep.translate;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/** Work with the numbers of files; numbers that give nothing, such as a division by 0, are the file's mistake and no crash. */
public final class Computed {
    private Computed() {}

    /** What the work gives; where its arithmetic has no result, a finding at the schedule of the first file. */
    public static <T> Outcome<T> of(SourceText source, Optional<Recipe> recipe, Supplier<Outcome<T>> work) {
        try {
            return work.get();
        } catch (ArithmeticException e) {
            return Outcome.failed(finding(source, recipe, e));
        }
    }

    private static Finding finding(SourceText source, Optional<Recipe> recipe, ArithmeticException problem) {
        List<Schedule.NamedValue> values =
                recipe.map(r -> r.schedule().values()).orElse(List.of());
        Optional<Place> place = values.stream()
                .flatMap(value -> value.value().origin().where().stream())
                .findFirst();
        String schedule = recipe.map(r -> r.schedule().name())
                .filter(name -> !name.isEmpty())
                .orElse("");
        return Finding.at(
                        place.orElseGet(() -> Place.start(source)),
                        Code.SS013,
                        "the numbers of this file give no value to compute with: " + words(problem))
                .detail(Stream.of(
                                schedule.isEmpty() ? "" : "the learning rate is " + schedule + "; ",
                                "look for a 0 that something is divided by, a power or a rate that is far too large")
                        .reduce("", String::concat));
    }

    private static String words(ArithmeticException problem) {
        String message = problem.getMessage();
        if (message == null) {
            return "an arithmetic error";
        }
        return switch (message) {
            case "Division undefined" -> "0 divided by 0";
            case "Division by zero", "/ by zero", "BigInteger divide by zero" -> "a division by 0";
            case "Overflow", "Underflow" -> "a number beyond what can be computed";
            default ->
                message.startsWith("Illegal log(x)") ? "the logarithm of a number that is not positive" : message;
        };
    }
}
