package samestep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A record whose equality is written out, for a faster start, compares each of its components. */
class RecordEqualityTest {
    /** A name is given once in a graph, and operations are asked for by it; the text is not compared. */
    private static final String BY_NAME = "samestep.dialect.tensorflow.graph.Node";

    private static Set<String> read(JavaMethod method) {
        Set<String> fields = new TreeSet<>();
        method.getFieldAccesses()
                .forEach(access -> fields.add(access.getTarget().getName()));
        method.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().equals(method.getOwner()))
                .flatMap(call -> call.getTarget().resolveMember().stream())
                .filter(called -> !called.getName().equals(method.getName()))
                .forEach(called -> fields.addAll(read(called)));
        return fields;
    }

    @Test
    void eachComponentIsCompared() {
        List<String> missing = new ArrayList<>();
        int written = 0;
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("samestep")) {
            if (!type.isRecord() || type.getName().equals(BY_NAME)) {
                continue;
            }
            JavaMethod equals = type.getMethod("equals", Object.class);
            Set<String> read = read(equals);
            // What the compiler makes reads nothing by itself.
            boolean byHand = !read.isEmpty() || !equals.getMethodCallsFromSelf().isEmpty();
            written += byHand ? 1 : 0;
            for (JavaField field : type.getFields()) {
                boolean component = !field.getModifiers().contains(JavaModifier.STATIC);
                if (byHand && component && !read.contains(field.getName())) {
                    missing.add(type.getName() + "." + field.getName());
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(written >= 20, written + " are written out");
    }
}
