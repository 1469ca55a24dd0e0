package samestep.compare.certificate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.compare.induction.Evidence;
import samestep.compare.induction.ExactRelation;
import samestep.compare.induction.Question;
import samestep.compare.induction.RateKind;
import samestep.compare.induction.StateName;
import samestep.compare.induction.Theorem;
import samestep.equation.Equations;
import samestep.equation.Fraction;
import samestep.equation.Shape;
import samestep.equation.parse.EquationParser;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonBoolean;
import samestep.text.SourceText;

/** Reads a certificate; it believes nothing that it can recalculate. */
public final class CertificateReader {
    private static final int MOST_TENSORS = 64;
    private static final int MOST_STAGES = 32;
    private static final int LONGEST_TEXT = 20_000;
    private static final int MOST_STATES = 10_000;

    private final int batch;
    private final int outputs;
    private final Map<String, Equations> equations = new HashMap<>();

    private CertificateReader(int batch, int outputs) {
        this.batch = batch;
        this.outputs = outputs;
    }

    /**
     * Reads it.
     *
     * @param batch samples of a micro-step, and
     * @param outputs of the model: whatever they are, the theorem has to hold
     * @return the certificate; empty, with what is wrong, where the text contradicts itself or is not a certificate
     */
    public static Outcome<Certificate> read(SourceText source, int batch, int outputs) {
        return Json.parse(source).then(value -> {
            try {
                return Outcome.of(
                        new CertificateReader(batch, outputs).certificate(new Members(value, "the document")),
                        List.of());
            } catch (Members.Broken e) {
                return Outcome.failed(Finding.of(Code.SS004, e.words()));
            }
        });
    }

    private Certificate certificate(Members root) throws Members.Broken {
        root.expect("samestep", Certificate.FORM);
        for (Members text : root.list("equations")) {
            equations(text);
        }
        RateKind rate = rate(root.member("rate"));
        root.expect("condition", Certificate.condition(rate));
        root.expect("verdict", Certificate.condition(rate).isEmpty() ? "exact" : "exact while");
        List<Members> tensors = root.list("tensors");
        if (tensors.isEmpty() || tensors.size() > MOST_TENSORS) {
            throw new Members.Broken("1 to " + MOST_TENSORS + " tensors are expected");
        }
        List<List<String>> names = new ArrayList<>();
        List<Parameter> source = new ArrayList<>();
        List<Parameter> target = new ArrayList<>();
        int microSteps = root.whole("micro_steps", 1, Stage.Accumulation.MOST);
        for (Members tensor : tensors) {
            names.add(tensor.texts("parameters"));
            source.add(parameter(tensor.member("first"), microSteps));
            target.add(parameter(tensor.member("second"), microSteps));
            if (source.get(source.size() - 1).frozen()
                    != target.get(target.size() - 1).frozen()) {
                throw new Members.Broken("a tensor is frozen on one side only");
            }
        }
        Question question = new Question(source, target, microSteps, rate, batch, outputs);
        Shape shape = question.shape();
        if (!root.texts("shape").equals(List.of("" + shape.rows(), "" + shape.columns()))) {
            throw new Members.Broken("shape: " + shape.rows() + " and " + shape.columns() + " are expected");
        }
        if (!root.texts("cases").equals(Certificate.cases())) {
            throw new Members.Broken("cases: one is missing, or is not a case of a proof");
        }
        Members relation = root.member("relation");
        Theorem theorem = new Theorem(
                question, relations(relation.list("first"), source), relations(relation.list("second"), target));
        return new Certificate(
                root.text("first"), root.text("second"), names, theorem, evidence(root.member("evidence")));
    }

    private void equations(Members text) throws Members.Broken {
        String body = text.text("text");
        if (body.length() > LONGEST_TEXT) {
            throw new Members.Broken("a text of equations is longer than " + LONGEST_TEXT);
        }
        if (!Certificate.hash(body).equals(text.text("sha256"))) {
            throw new Members.Broken("a text of equations does not have its SHA-256");
        }
        Outcome<Equations> parsed = EquationParser.parse(new SourceText("equations", body));
        if (parsed.value().isEmpty()) {
            Finding first = parsed.findings().get(0);
            String place = first.place().map(at -> at.position() + ": ").orElse("");
            throw new Members.Broken("equations: " + place + first.message());
        }
        equations.put(text.text("sha256"), parsed.value().get());
    }

    private static RateKind rate(Members rate) throws Members.Broken {
        String kind = rate.text("kind");
        return switch (kind) {
            case "any" -> new RateKind.Moving();
            case "constant" -> new RateKind.Constant();
            case "fixed" -> new RateKind.Fixed(decimal(rate.fraction("value")));
            default -> throw new Members.Broken("rate: any, constant or fixed, not \"" + kind + "\"");
        };
    }

    private static BigDecimal decimal(Fraction fraction) throws Members.Broken {
        try {
            return new BigDecimal(fraction.numerator()).divide(new BigDecimal(fraction.denominator()));
        } catch (ArithmeticException e) {
            throw new Members.Broken("rate: a decimal number is expected");
        }
    }

    private Parameter parameter(Members side, int microSteps) throws Members.Broken {
        List<Stage> stages = new ArrayList<>();
        if (side.list("stages").size() > MOST_STAGES) {
            throw new Members.Broken("more than " + MOST_STAGES + " stages");
        }
        for (Members stage : side.list("stages")) {
            stages.add(stage(stage, microSteps));
        }
        boolean frozen = side.value("frozen") instanceof JsonBoolean flag && flag.value();
        ParameterName name = new ParameterName(side.text("layer"), Role.KERNEL);
        return new Parameter(name, quantity(side, "rate_multiplier"), frozen, stages, Optional.empty());
    }

    private Stage stage(Members stage, int microSteps) throws Members.Broken {
        Equations own = equations.get(stage.text("equations"));
        if (own == null) {
            throw new Members.Broken("a stage has equations that are not in the certificate");
        }
        if (stage.value("accumulates") instanceof JsonBoolean flag && flag.value()) {
            for (boolean mean : new boolean[] {false, true}) {
                Stage.Accumulation accumulation = new Stage.Accumulation(microSteps, mean);
                if (accumulation.equations().equals(own) && (!mean || isCount(stage, microSteps))) {
                    return accumulation;
                }
            }
            throw new Members.Broken("a stage accumulates whose equations do not");
        }
        Map<String, Quantity> values = new HashMap<>();
        Members given = stage.member("values");
        for (Equations.Hyper hyper : own.hypers()) {
            values.put(hyper.name(), quantity(given, hyper.name()));
        }
        return new Stage.Optimizer(own, values);
    }

    /** A mean divides by the number of micro-steps and by nothing else. */
    private static boolean isCount(Members stage, int microSteps) throws Members.Broken {
        return stage.member("values").text("count").equals(Integer.toString(microSteps));
    }

    private static Quantity quantity(Members members, String name) throws Members.Broken {
        return EquationParser.expression(members.text(name))
                .map(value -> Quantity.byDefault("0", "a certificate").derived(value, "a certificate says it"))
                .filter(Numbered::hasValue)
                .orElseThrow(() -> new Members.Broken(name + ": a number is expected"));
    }

    private static List<ExactRelation> relations(List<Members> written, List<Parameter> side) throws Members.Broken {
        List<StateName> names = StateName.of(side);
        if (written.size() != names.size() || names.size() > MOST_STATES) {
            throw new Members.Broken("relation: one entry for each state is expected");
        }
        List<ExactRelation> relations = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Members one = written.get(i);
            one.expect("state", names.get(i).name());
            if (one.whole("tensor", -1, MOST_TENSORS) != names.get(i).tensor()) {
                throw new Members.Broken("relation: " + names.get(i).name() + " is a state of another tensor");
            }
            relations.add(relation(one));
        }
        return relations;
    }

    private static ExactRelation relation(Members one) throws Members.Broken {
        String kind = one.text("is");
        return switch (kind) {
            case "free" -> new ExactRelation.Free();
            case "power" -> new ExactRelation.Power(one.fraction("start"), one.fraction("base"));
            case "multiple" ->
                new ExactRelation.Multiple(
                        one.whole("of", 0, MOST_STATES), one.fraction("factor"), one.whole("rate_exponent", -9, 9));
            default -> throw new Members.Broken("relation: free, power or multiple, not \"" + kind + "\"");
        };
    }

    private static Evidence evidence(Members evidence) throws Members.Broken {
        List<Long> primes = new ArrayList<>();
        for (String prime : evidence.texts("primes")) {
            if (!prime.matches("[0-9]{1,10}")) {
                throw new Members.Broken("primes: whole numbers are expected");
            }
            primes.add(Long.valueOf(prime));
        }
        Evidence stated = new Evidence(
                primes,
                evidence.whole("points", 1, Integer.MAX_VALUE),
                evidence.whole("decisions", 0, 1_000),
                evidence.whole("degree", 0, Integer.MAX_VALUE),
                evidence.whole("root_bits", 0, 1_000));
        if (evidence.whole("error_bits", 0, Integer.MAX_VALUE) != stated.wholeBits()) {
            throw new Members.Broken("error_bits: " + stated.wholeBits() + " follow from the points and the degree");
        }
        return stated;
    }
}
