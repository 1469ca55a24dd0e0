package samestep.check.rules;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * {@code 1e-4} for a hyper-parameter in YAML: PyYAML follows YAML 1.1, in which a number with an exponent has a point and
 * a sign, and reads it as a text. Source: yaml/resolver.py, the implicit resolver of floats.
 */
final class YamlNumberAsText implements Rule {
    private static final Pattern SUSPECT = Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9_]*)?[eE][-+]?[0-9]+");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
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
    private static final int DEEPEST = 100;

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
        try {
            LoaderOptions options = new LoaderOptions();
            options.setNestingDepthLimit(DEEPEST);
            options.setCodePointLimit(Integer.MAX_VALUE);
            for (Node document : new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))) {
                look(document, false, subject.source(), findings, DEEPEST);
            }
        } catch (YAMLException e) {
            // Templates are no YAML before they are filled in, and it is not said that this is anything of ours.
            return findings;
        }
        return findings;
    }

    /** Patterns that a start does not need. */
    private static final class Holder {
        static final Pattern ANYWHERE = Pattern.compile("[0-9][eE][-+]?[0-9]");
    }

    private static void look(Node node, boolean named, SourceText source, List<Finding> findings, int depth) {
        if (depth == 0) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                boolean asked = entry.getKeyNode() instanceof ScalarNode key
                        && NAMES.contains(key.getValue().toLowerCase(Locale.ROOT));
                look(entry.getValueNode(), asked, source, findings, depth - 1);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> look(item, named, source, findings, depth - 1));
        } else if (named && node instanceof ScalarNode scalar) {
            look(scalar, source, findings);
        }
    }

    private static void look(ScalarNode scalar, SourceText source, List<Finding> findings) {
        String text = scalar.getValue();
        boolean plain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
        if (!plain || !SUSPECT.matcher(text).matches() || FLOAT.matcher(text).matches()) {
            return;
        }
        int start = source.text().offsetByCodePoints(0, scalar.getStartMark().getIndex());
        Span span = new Span(start, start + text.length());
        if (span.end() > source.text().length() || !source.slice(span).equals(text)) {
            return;
        }
        String number = number(text);
        findings.add(Finding.at(
                        new Place(source, span),
                        Code.SS606,
                        "PyYAML reads " + text + " as a text and not as a number; write " + number)
                .detail(
                        "YAML 1.1, which PyYAML follows, wants a point and a sign in a number with an exponent; OmegaConf"
                                + " and yacs read a number all the same.")
                .mendedBy(List.of(new Edit(source, span, number, Edit.Certainty.NEEDS_A_PERSON))));
    }

    /** The same number, as YAML 1.1 has it. */
    private static String number(String text) {
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = text.substring(0, exponent);
        String power = text.substring(exponent + 1);
        return (mantissa.contains(".") ? mantissa : mantissa + ".0")
                + text.charAt(exponent)
                + (power.startsWith("-") || power.startsWith("+") ? power : "+" + power);
    }
}
