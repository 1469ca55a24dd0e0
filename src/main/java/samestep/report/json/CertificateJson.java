package samestep.report.json;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import samestep.compare.certificate.Certificate;
import samestep.compare.induction.Audit;
import samestep.compare.induction.Certifier;
import samestep.compare.induction.Evidence;
import samestep.compare.induction.ExactRelation;
import samestep.compare.induction.Question;
import samestep.compare.induction.RateKind;
import samestep.compare.induction.StateName;
import samestep.equation.Expressions;
import samestep.equation.Fraction;
import samestep.equation.print.EquationPrinter;
import samestep.equation.print.ExpressionPrinter;
import samestep.equation.run.Exact;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** Writes a certificate; docs/schemas/certificate-1.json is its schema. */
public final class CertificateJson extends JsonPage {
    private final Certificate certificate;
    private final Question question;
    private final Map<String, String> equations = new LinkedHashMap<>();

    private CertificateJson(Certificate certificate) {
        this.certificate = certificate;
        this.question = certificate.theorem().question();
    }

    /** The whole document. */
    public static String print(Certificate certificate) {
        return new CertificateJson(certificate).print();
    }

    @Override
    void members() throws IOException {
        String condition = Certificate.condition(question.rate());
        out.name("samestep").value(Certificate.FORM);
        out.name("first").value(certificate.first());
        out.name("second").value(certificate.second());
        out.name("verdict").value(condition.isEmpty() ? "exact" : "exact while");
        out.name("condition").value(condition);
        rate();
        out.name("micro_steps").value(question.microSteps());
        out.name("shape").beginArray();
        out.value(question.shape().rows()).value(question.shape().columns()).endArray();
        equations();
        tensors();
        out.name("relation").beginObject();
        relations("first", question.source(), certificate.theorem().left());
        relations("second", question.target(), certificate.theorem().right());
        out.endObject();
        out.name("cases").beginArray();
        for (String one : Certificate.cases()) {
            out.value(one);
        }
        out.endArray();
        evidence(certificate.evidence());
    }

    private void rate() throws IOException {
        out.name("rate").beginObject();
        if (question.rate() instanceof RateKind.Fixed fixed) {
            out.name("kind").value("fixed");
            out.name("value").value(Fraction.of(fixed.rate()).toString());
        } else {
            out.name("kind").value(question.rate() instanceof RateKind.Constant ? "constant" : "any");
        }
        out.endObject();
    }

    private void equations() throws IOException {
        for (List<Parameter> side : List.of(question.source(), question.target())) {
            for (Parameter parameter : side) {
                for (Stage stage : parameter.stages()) {
                    String text = EquationPrinter.print(stage.equations());
                    equations.put(text, Certificate.hash(text));
                }
            }
        }
        out.name("equations").beginArray();
        for (Map.Entry<String, String> entry : equations.entrySet()) {
            out.beginObject();
            out.name("sha256").value(entry.getValue());
            out.name("text").value(entry.getKey());
            out.endObject();
        }
        out.endArray();
    }

    private void tensors() throws IOException {
        out.name("tensors").beginArray();
        for (int i = 0; i < question.source().size(); i++) {
            out.beginObject();
            out.name("parameters").beginArray();
            for (String name : certificate.parameters().get(i)) {
                out.value(name);
            }
            out.endArray();
            side("first", question.source().get(i));
            side("second", question.target().get(i));
            out.endObject();
        }
        out.endArray();
    }

    private void side(String name, Parameter parameter) throws IOException {
        out.name(name).beginObject();
        out.name("layer").value(parameter.name().layer());
        out.name("rate_multiplier").value(text(parameter.rateMultiplier()));
        out.name("frozen").value(parameter.frozen());
        out.name("stages").beginArray();
        for (Stage stage : parameter.stages()) {
            out.beginObject();
            out.name("equations").value(equations.get(EquationPrinter.print(stage.equations())));
            out.name("accumulates").value(stage instanceof Stage.Accumulation);
            out.name("values").beginObject();
            for (Map.Entry<String, Quantity> value : new TreeMap<>(stage.values()).entrySet()) {
                out.name(value.getKey()).value(text(value.getValue()));
            }
            out.endObject();
            out.endObject();
        }
        out.endArray();
        out.endObject();
    }

    /** A fraction, or how the number is derived where it is not a fraction, such as a root. */
    private static String text(Quantity quantity) {
        return Exact.decimal(quantity.value())
                .map(decimal -> Fraction.of(decimal).toString())
                .orElseGet(() -> ExpressionPrinter.print(Expressions.withoutRounding(quantity.value())));
    }

    private void relations(String name, List<Parameter> side, List<ExactRelation> relations) throws IOException {
        List<StateName> states = StateName.of(side);
        out.name(name).beginArray();
        for (int i = 0; i < relations.size(); i++) {
            out.beginObject();
            out.name("tensor").value(states.get(i).tensor());
            out.name("state").value(states.get(i).name());
            relation(relations.get(i));
            out.endObject();
        }
        out.endArray();
    }

    private void relation(ExactRelation relation) throws IOException {
        if (relation instanceof ExactRelation.Power power) {
            out.name("is").value("power");
            out.name("start").value(power.start().toString());
            out.name("base").value(power.base().toString());
        } else if (relation instanceof ExactRelation.Multiple multiple) {
            out.name("is").value("multiple");
            out.name("of").value(multiple.state());
            out.name("factor").value(multiple.factor().toString());
            out.name("rate_exponent").value(multiple.rateExponent());
        } else {
            out.name("is").value("free");
        }
    }

    private void evidence(Evidence evidence) throws IOException {
        out.name("evidence").beginObject();
        out.name("primes").beginArray();
        for (long prime : evidence.primes()) {
            out.value(prime);
        }
        out.endArray();
        out.name("seed").value(Certifier.SEED);
        out.name("points").value(evidence.points());
        out.name("points_of_zeros").value(Audit.POINTS_OF_ZEROS);
        out.name("decisions").value(evidence.decisions());
        out.name("degree").value(evidence.degree());
        out.name("root_bits").value(evidence.rootBits());
        out.name("error_bits").value(evidence.wholeBits());
        out.endObject();
    }
}
