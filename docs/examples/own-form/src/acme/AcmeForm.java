package acme;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samestep.spi.ConfigurationForm;

/** The files of Acme's trainer: {@code key = value} in each line, after a first line {@code # acme}. */
public final class AcmeForm implements ConfigurationForm {

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public String title() {
        return "Acme Trainer";
    }

    @Override
    public List<String> endings() {
        return List.of("acme");
    }

    @Override
    public boolean recognises(String file, String text) {
        return text.startsWith("# acme");
    }

    /** Acme's trainer does what PyTorch's SGD does, at a constant rate. */
    @Override
    public Description describe(String file, String text) {
        Map<String, String> values = new HashMap<>();
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            String[] parts = line.split("=", 2);
            if (parts.length == 2) {
                values.put(parts[0].strip(), parts[1].strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException("line " + number + ": expected key = value");
            }
        }
        return new Description("""
                {
                  "samestep": "pytorch/1",
                  "optimizer": {
                    "class_path": "torch.optim.SGD",
                    "init_args": {"lr": %s, "momentum": %s, "weight_decay": %s}
                  },
                  "updates": %s
                }
                """.formatted(
                        needed(values, "rate"),
                        needed(values, "momentum"),
                        needed(values, "decay"),
                        needed(values, "updates")));
    }

    private static String needed(Map<String, String> values, String key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("expected a line \"" + key + " = NUMBER\"");
        }
        return values.get(key);
    }
}
