package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.Edit;
import samestep.text.SourceText;

/**
 * {@code 1e-4} for a hyper-parameter in YAML: PyYAML follows YAML 1.1, in which a number with an exponent has a point and
 * a sign, and reads it as a text. Source: yaml/resolver.py, the implicit resolver of floats.
 */
final class YamlNumberAsText implements Rule {
    private static final Pattern SUSPECT = Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9_]*)?[eE][-+]?[0-9]+");
    private static final Set<String> NAMES = Set.of(
            "lr",
            "learning_rate",
            "base_lr",
            "lr0",
            "lrf",
            "max_lr",
            "min_lr",
            "eta_min",
            "lr_min",
            "warmup_lr",
            "weight_decay",
            "wd",
            "l2_weight_decay",
            "decay",
            "momentum",
            "eps",
            "epsilon",
            "adam_epsilon",
            "adam_eps",
            "alpha",
            "beta",
            "beta1",
            "beta2",
            "beta_1",
            "beta_2",
            "gamma",
            "power",
            "l1",
            "l2",
            "lr_decay",
            "start_lr",
            "end_lr",
            "end_learning_rate",
            "initial_learning_rate",
            "warmup_learning_rate",
            "dampening",
            "rho");

    @Override
    public Code code() {
        return Code.SS606;
    }

    @Override
    public List<Finding> check(Subject subject) {
        String name = subject.source().name().toLowerCase(Locale.ROOT);
        String text = subject.source().text();
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        // Most have no such number at all, and need not be parsed.
        if (!yaml || !Holder.ANYWHERE.matcher(text).find()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        // Templates are not YAML before they are filled in, and this text need not be a configuration at all.
        Yaml.parseAll(subject.source())
                .value()
                .ifPresent(documents -> documents.stream()
                        .filter(document -> !NumberReaders.read(document))
                        .forEach(document -> look(document, false, subject.source(), findings)));
        return findings;
    }

    /** Patterns that a start does not need. */
    private static final class Holder {
        static final Pattern ANYWHERE = Pattern.compile("[0-9][eE][-+]?[0-9]");
    }

    private static void look(YamlValue value, boolean named, SourceText source, List<Finding> findings) {
        if (value instanceof YamlMapping mapping) {
            for (YamlEntry entry : mapping.entries()) {
                boolean asked = NAMES.contains(entry.name().toLowerCase(Locale.ROOT));
                look(entry.value(), asked, source, findings);
            }
        } else if (value instanceof YamlSequence sequence) {
            sequence.elements().forEach(item -> look(item, named, source, findings));
        } else if (named && value instanceof YamlScalar scalar) {
            look(scalar, source, findings);
        }
    }

    private static void look(YamlScalar scalar, SourceText source, List<Finding> findings) {
        String text = scalar.text();
        boolean plain = scalar.style() == YamlScalar.Style.PLAIN;
        if (!plain
                || scalar.kind() != YamlScalar.Kind.STRING
                || !SUSPECT.matcher(text).matches()) {
            return;
        }
        String number = Yaml.number(text);
        findings.add(Finding.at(
                        new Place(source, scalar.span()),
                        Code.SS606,
                        "PyYAML reads " + text + " as a text and not as a number; write " + number)
                .detail(
                        "YAML 1.1, which PyYAML follows, wants a point and a sign in a number with an exponent. OmegaConf,"
                                + " yacs and jsonargparse read a number all the same.")
                .mendedBy(List.of(new Edit(source, scalar.span(), number, Edit.Certainty.NEEDS_A_PERSON))));
    }
}
