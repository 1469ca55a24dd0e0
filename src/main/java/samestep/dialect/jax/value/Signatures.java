package samestep.dialect.jax.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Resources;
import samestep.dialect.jax.own.OwnTransform;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.text.Spelling;

/** What Optax' functions take, and what its optimizers are made of: the tables transforms.txt and schedules.txt. */
public final class Signatures {
    /** What chooses a precision, and no value of the update in ideal arithmetic. */
    public static final List<String> PRECISION =
            List.of("mu_dtype", "accumulator_dtype", "dtype_momentum", "hyperparam_dtype", "static_args");

    private static final String NAMED_ONLY = "* ";

    private Signatures() {}

    /**
     * A parameter.
     *
     * @param otherwise its default; empty where it must be given
     * @param only the only value that is read; empty where any is
     */
    public record Parameter(String name, String otherwise, String only, boolean isNamedOnly) {}

    /**
     * A function.
     *
     * @param parameters in order
     * @param parts what it is made of, as in the table; empty for a transformation of its own
     */
    public record Signature(String name, List<Parameter> parameters, List<String> parts) {
        /** Copies the lists. */
        public Signature {
            parameters = List.copyOf(parameters);
            parts = List.copyOf(parts);
        }
    }

    /** A function that makes a transformation. */
    public static Optional<Signature> transform(String name) {
        return Optional.ofNullable(Table.TRANSFORMS.get(name))
                .or(() -> OwnTransform.among(name).map(own -> own(name, own)));
    }

    private static Signature own(String name, OwnTransform own) {
        List<Parameter> parameters = new ArrayList<>();
        if (own.takesRate()) {
            parameters.add(new Parameter(OwnTransform.RATE, "", "", false));
        }
        own.equations().hypers().forEach(hyper -> parameters.add(new Parameter(hyper.name(), "", "", true)));
        return new Signature(name, parameters, List.of());
    }

    /** A function that makes a schedule. */
    public static Optional<Signature> schedule(String name) {
        return Optional.ofNullable(Table.SCHEDULES.get(name));
    }

    /** Whether a function of that name makes an optimizer that is a chain of others. */
    public static boolean isOptimizer(String name) {
        return transform(name).filter(s -> !s.parts().isEmpty()).isPresent();
    }

    /**
     * A call with all of its arguments by name, those that are not given with their defaults.
     *
     * @param findings an argument that the function does not have goes here, and one that is missing
     */
    public static OptaxCall bound(OptaxCall call, Signature signature, List<Finding> findings) {
        Map<String, Argument> all = new LinkedHashMap<>();
        List<Parameter> byPosition = new ArrayList<>(signature.parameters());
        byPosition.removeIf(Parameter::isNamedOnly);
        for (int i = 0; i < call.positional().size(); i++) {
            if (i >= byPosition.size()) {
                findings.add(Finding.at(
                        call.place(),
                        Code.SS004,
                        "optax." + call.name() + " takes " + byPosition.size() + " arguments by position"));
                break;
            }
            all.put(byPosition.get(i).name(), call.positional().get(i));
        }
        List<String> names =
                signature.parameters().stream().map(Parameter::name).toList();
        call.named().forEach((name, value) -> {
            if (names.contains(name)) {
                all.put(name, value);
            } else {
                String near = Spelling.nearest(name, names);
                findings.add(Finding.at(
                        call.place(),
                        Code.SS004,
                        "optax." + call.name() + " has no argument " + name
                                + (near.isEmpty() ? "" : "; did you mean " + near + "?")));
            }
        });
        for (Parameter parameter : signature.parameters()) {
            if (!all.containsKey(parameter.name())) {
                if (parameter.otherwise().isEmpty()) {
                    findings.add(Finding.at(
                            call.place(), Code.SS004, "optax." + call.name() + " without " + parameter.name()));
                } else {
                    all.put(parameter.name(), byDefault(parameter));
                }
            }
            only(call, parameter, all.get(parameter.name()), findings);
        }
        return call.with(all);
    }

    private static void only(
            OptaxCall call,
            Parameter parameter,
            @org.jspecify.annotations.Nullable Argument given,
            List<Finding> findings) {
        if (given == null || parameter.only().isEmpty() || isSame(given, parameter.only())) {
            return;
        }
        findings.add(Finding.at(
                call.place(),
                Code.SS010,
                "optax." + call.name() + " with " + parameter.name() + " other than " + parameter.only()
                        + " cannot be read yet"));
    }

    private static boolean isSame(Argument given, String only) {
        if (given instanceof Argument.Flag flag) {
            return flag.on() == only.equals("1");
        }
        if (given instanceof Argument.Text text) {
            return text.text().equals(only);
        }
        if (given instanceof Argument.Nothing) {
            return only.equals("None");
        }
        return given instanceof Argument.Num num && num.quantity().decimal().compareTo(decimal(only)) == 0;
    }

    private static java.math.BigDecimal decimal(String number) {
        return number.equals("None") ? java.math.BigDecimal.ONE.negate() : new java.math.BigDecimal(number);
    }

    private static Argument byDefault(Parameter parameter) {
        return argument(parameter.otherwise(), "Optax' default of " + parameter.name());
    }

    /**
     * What a word of the table is.
     *
     * @param of whose number it is, for messages
     */
    public static Argument argument(String word, String of) {
        return switch (word) {
            case "None" -> new Argument.Nothing();
            case "True" -> new Argument.Flag(true);
            case "False" -> new Argument.Flag(false);
            default ->
                Character.isLetter(word.charAt(0))
                        ? new Argument.Text(word)
                        : new Argument.Num(Quantity.byDefault(word, of));
        };
    }

    /** Read at the first use. */
    private static final class Table {
        static final Map<String, Signature> TRANSFORMS = read("jax/transforms.txt");
        static final Map<String, Signature> SCHEDULES = read("jax/schedules.txt");

        private static Map<String, Signature> read(String file) {
            Map<String, Signature> all = new LinkedHashMap<>();
            Resources.lines(file).map(Table::signature).forEach(s -> all.put(s.name(), s));
            return all;
        }

        private static Signature signature(String line) {
            String[] cells = line.split("\\|", -1);
            List<String> parts = cells.length < 3 || cells[2].isBlank()
                    ? List.of()
                    : List.of(cells[2].strip().split("; "));
            return new Signature(cells[0].strip(), parameters(cells[1].strip()), parts);
        }

        private static List<Parameter> parameters(String cell) {
            List<Parameter> parameters = new ArrayList<>();
            boolean isNamedOnly = false;
            for (String written : cell.isEmpty() ? new String[0] : cell.split(", ")) {
                isNamedOnly |= written.startsWith(NAMED_ONLY);
                String[] words = written.replace(NAMED_ONLY, "").split(" ");
                String[] value = words.length < 2 ? new String[] {""} : words[1].split("!");
                parameters.add(new Parameter(words[0], value[0], value.length < 2 ? "" : value[1], isNamedOnly));
            }
            return List.copyOf(parameters);
        }
    }
}
