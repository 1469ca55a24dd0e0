package samestep.dialect.pytorch.lazy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.Births;
import samestep.dialect.Resources;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * What the files below {@code configs/common} of detectron2 say about an update, by a table; of all else in them it is only known
 * that it is there. Each call gives new dicts, for a configuration changes them.
 */
final class CommonFiles {
    private static final String TABLE = "pytorch/detectron2-common.txt";

    private CommonFiles() {}

    private record Row(String file, String path, String value) {}

    /**
     * A file.
     *
     * @param name as {@code model_zoo.get_config} is given it, {@code common/optim.py}
     * @param place where a program takes it
     * @return its names, as a module's attributes; empty where the file is not in the table
     */
    static Optional<Mapping> of(String name, Place place) {
        List<Row> rows = rows().filter(row -> row.file().equals(name)).toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Mapping file = new Mapping(LazyWorld.TYPE, Optional.of(place));
        rows.forEach(row -> put(file, row, place));
        return Optional.of(file);
    }

    private static Stream<Row> rows() {
        return Resources.lines(TABLE)
                .map(line -> line.split(" \\| "))
                .map(cells -> new Row(cells[0], cells[1], cells[2]));
    }

    private static void put(Mapping file, Row row, Place place) {
        String[] names = row.path().split("\\.");
        Mapping at = file;
        for (int i = 0; i < names.length - 1; i++) {
            at = inner(at, names[i], place);
        }
        String last = names[names.length - 1];
        if (row.value().equals("...")) {
            inner(at, last, place)
                    .open(new Value.Unknown(
                            "it is in " + row.file() + " of the installed detectron2, which is not read",
                            Optional.of(place)));
        } else {
            at.put(last, value(row));
        }
    }

    private static Mapping inner(Mapping at, String name, Place place) {
        if (at.get(name).orElse(null) instanceof Mapping inner) {
            return inner;
        }
        Mapping inner = new Mapping(LazyWorld.TYPE, Optional.of(place));
        at.put(name, inner);
        return inner;
    }

    private static Value value(Row row) {
        Origin origin = Origin.NONE.noted(Births.byDefault("detectron2's " + row.file()));
        if (row.path().endsWith(LazyWorld.TARGET)) {
            return Value.Library.of(row.value());
        }
        if (row.value().startsWith("[")) {
            List<Value> elements = Stream.of(
                            row.value().replaceAll("[\\[\\]]", "").split(", "))
                    .<Value>map(text -> scalar(text, origin))
                    .toList();
            return Sequence.list(elements);
        }
        return scalar(row.value(), origin);
    }

    private static Value scalar(String text, Origin origin) {
        if (text.equals("true") || text.equals("false")) {
            return new Value.Bool(text.equals("true"), origin);
        }
        if (!text.matches("[-\\d.e/]+")) {
            return new Value.Text(text, origin);
        }
        if (text.matches("\\d+")) {
            return Value.Number.of(Long.parseLong(text), origin);
        }
        String[] parts = text.split("/");
        Value.Number number = Value.Number.of(new BigDecimal(parts[0]), origin);
        if (parts.length == 1) {
            return number;
        }
        BigDecimal by = new BigDecimal(parts[1]);
        return new Value.Number(
                number.value() / by.doubleValue(),
                Optional.empty(),
                number.formula().map(f -> f.over(Expression.literal(by))),
                false,
                origin);
    }
}
