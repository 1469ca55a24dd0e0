package samestep.check.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import samestep.dialect.Run;
import samestep.syntax.yaml.YamlValue;

/** What {@code samestep.yaml} says of a run, for all files and for a pair: no configuration has it. */
final class RunSettings {
    private static final String DATA_SET = "dataset_size";
    private static final String EPOCH = "updates_per_epoch";
    private static final String DEVICES = "gpus";

    private RunSettings() {}

    /** The names of its entries, and others. */
    static List<String> and(String... others) {
        List<String> names = new ArrayList<>(List.of(others));
        names.addAll(List.of(DATA_SET, EPOCH, DEVICES));
        return List.copyOf(names);
    }

    /** The given values; a finding for a value that is not a whole number above 0. */
    static Run read(Map<String, YamlValue> entries, YamlView yaml) {
        Optional<Long> devices = number(entries, DEVICES, "[1-9][0-9]{0,5}", yaml);
        return new Run(
                of(number(entries, DATA_SET, "[1-9][0-9]{0,17}", yaml)),
                of(number(entries, EPOCH, "[1-9][0-9]{0,17}", yaml)),
                devices.isPresent() ? OptionalInt.of(Math.toIntExact(devices.get())) : OptionalInt.empty());
    }

    private static OptionalLong of(Optional<Long> number) {
        return number.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static Optional<Long> number(Map<String, YamlValue> entries, String name, String form, YamlView yaml) {
        Optional<YamlValue> value = Optional.ofNullable(entries.get(name));
        Optional<Long> number =
                value.flatMap(yaml::word).filter(word -> word.matches(form)).map(Long::parseLong);
        if (value.isPresent() && number.isEmpty()) {
            yaml.wrong(value.get(), name + ": expected a whole number above 0");
        }
        return number;
    }
}
