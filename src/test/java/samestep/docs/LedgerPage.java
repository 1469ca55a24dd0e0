package samestep.docs;

import java.util.Locale;
import java.util.stream.Collectors;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.ledger.SettingRule;
import samestep.recipe.setting.Convention;
import samestep.recipe.version.Dated;

/** A ledger as a page. */
final class LedgerPage {
    private LedgerPage() {}

    static String of(Ledger ledger) {
        StringBuilder page =
                new StringBuilder("# The ledger of %s\n\n%s\n\n".formatted(ledger.library(), ledger.title()));
        page.append("Made from the ledger by `LedgerPagesTest`. *Outside*: the net or the data, which are not judged;"
                + " where two files differ, the\n"
                + "field is named. *Not read*: it changes the update, and no verdict is exact. A field that is in"
                + " no row is not known, and is\n"
                + "never called harmless.\n\n");
        page.append("| field | type | default | decides | |\n| --- | --- | --- | --- | --- |\n");
        for (LedgerRow row : ledger.rows()) {
            page.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            row.fields().stream().map(f -> "`" + f + "`").collect(Collectors.joining(" ")),
                            row.type(),
                            row.dated().map(Dated::words).orElse(row.fallback()),
                            row.setting()
                                    .map(LedgerPage::words)
                                    .orElse(row.decides().word()),
                            row.reason())
                    .replace("  |", " |"));
        }
        return page.toString();
    }

    private static String words(SettingRule rule) {
        String kind = rule.kind().words();
        String turned = rule.convention() == Convention.COMPLEMENT ? ", 1 minus it" : "";
        String when = rule.condition()
                .map(c -> ", if `" + c.field() + "` is `" + c.value() + "`")
                .orElse("");
        return kind.toLowerCase(Locale.ROOT) + turned + when;
    }
}
