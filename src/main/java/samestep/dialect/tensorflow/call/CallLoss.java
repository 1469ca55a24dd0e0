package samestep.dialect.tensorflow.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.syntax.json.JsonString;
import samestep.text.SourceText;
import samestep.text.Span;

/** What the statements that make the loss put into it: the collected penalties or not, and penalties by hand. */
public final class CallLoss {
    /** A loss of the data. */
    public static final String DATA_STATEMENT =
            "loss = tf.compat.v1.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)";

    private static final Pattern DATA = Pattern.compile(
            "loss = (tf\\.compat\\.v1\\.losses\\.sparse_softmax_cross_entropy\\(labels=\\w+, logits=\\w+\\)"
                    + "|0\\.5 \\* tf\\.reduce_sum\\(tf\\.compat\\.v1\\.squared_difference\\(\\w+, \\w+\\)\\) / \\d+)"
                    + "|tf\\.compat\\.v1\\.losses\\.add_loss\\(loss\\)");
    private static final Pattern TOTAL =
            Pattern.compile("loss = (tf\\.compat\\.v1|tf_slim)\\.losses\\.get_total_loss\\((.*)\\)");
    private static final Pattern ADDED = Pattern.compile("loss = loss \\+ (tf\\.compat\\.v1\\.losses"
            + "\\.get_regularization_loss\\(\\)|tf\\.add_n\\(tf\\.compat\\.v1\\.get_collection\\("
            + "tf\\.compat\\.v1\\.GraphKeys\\.REGULARIZATION_LOSSES\\)\\))"
            + "|loss = tf\\.add_n\\(\\[loss\\] \\+ model\\.losses\\)");
    private static final Pattern BY_HAND = Pattern.compile("loss = loss \\+ ([0-9.eE+-]+) \\* tf\\.add_n\\("
            + "\\[tf\\.nn\\.l2_loss\\(v\\) for v in tf\\.compat\\.v1\\.trainable_variables\\(\\)"
            + "( if 'bias' not in v\\.name)?\\]\\)");

    private final Place place;
    private final List<Finding> findings;
    private boolean collected;
    private Optional<Stage.Penalty> byHand = Optional.empty();
    private boolean onBiases;

    /** Reads the statements, which semicolons divide. */
    CallLoss(SourceText source, JsonString statements, List<Finding> findings) {
        this.place = new Place(source, statements.span());
        this.findings = findings;
        for (String statement : statements.value().split(";\\s*")) {
            read(statement.strip());
        }
    }

    private void read(String statement) {
        Matcher total = TOTAL.matcher(statement);
        Matcher hand = BY_HAND.matcher(statement);
        if (total.matches()) {
            // Its default is True.
            collected |= !total.group(2).contains("add_regularization_losses=False");
        } else if (hand.matches()) {
            Quantity scale = number(hand.group(1));
            byHand = Optional.of(new Stage.Penalty(Stage.Penalty.Norm.L2, scale));
            onBiases = hand.group(2) == null;
        } else if (ADDED.matcher(statement).matches()) {
            collected = true;
        } else if (!DATA.matcher(statement).matches()) {
            findings.add(Finding.at(place, Code.SS010, "this part of the loss cannot be read: " + statement));
        }
    }

    private Quantity number(String text) {
        int at = place.text().indexOf(text);
        int start = place.span().start() + Math.max(0, at);
        Place where = new Place(place.source(), new Span(start, start + text.length()));
        return new Quantity(Expression.literal(new java.math.BigDecimal(text)), text, new Origin.Written(where));
    }

    /** Whether the penalties that layers collect are in the loss. */
    boolean hasCollected() {
        return collected;
    }

    /** What the loss has for a variable of that role besides. */
    List<Stage> byHand(Role role) {
        List<Stage> stages = new ArrayList<>();
        byHand.filter(p -> onBiases || role != Role.BIAS).ifPresent(stages::add);
        return stages;
    }

    /** Where the loss is made. */
    Place place() {
        return place;
    }
}
