package samestep.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.program.value.Show;
import samestep.program.value.Value;
import samestep.text.SourceText;

/** Objects that a function outside of the repository is given, and copies of objects. */
class GivenObjectsTest {
    private static final String START = """
            import argparse, copy, dataclasses, logging, torch, wandb, yacs.config
            import ourlib
            from .missing import setup
            parser = argparse.ArgumentParser()
            parser.add_argument("--lr", type=float, default=0.1)
            args = parser.parse_args()
            class Options:
                def __init__(self):
                    self.lr = 0.1
            @dataclasses.dataclass
            class Fields:
                lr: float = 0.1
            class Outer:
                def __init__(self):
                    self.inner = Options()
            class Net(torch.nn.Module):
                def __init__(self):
                    self.lr = 0.1
            def shown():
                print("options")
                return 1
            own, fields, outer, net = Options(), Fields(), Outer(), Net()
            table = {"lr": 0.1, "inner": {"lr": 0.1}}
            """;

    private static String result(String program) {
        Value value = Programs.read(new SourceText("a.py", START + program.replace("; ", "\n") + "\n"))
                .binding("x")
                .orElseThrow();
        return value instanceof Value.Unknown unknown
                ? unknown.reason().replaceAll(" at a\\.py.*", "")
                : value instanceof Value.Number ? Show.value(value) : "symbolic";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ourlib.update(args); x = args.lr | an option that update may have changed",
                "ourlib.update(options=args); x = args.lr | an option that update may have changed",
                "setup(args); x = args.lr | an option that setup may have changed",
                "ourlib.update(args, shown()); x = args.lr | an option that update may have changed",
                "ourlib.update(own); x = own.lr | an option that update may have changed",
                "ourlib.update(fields); x = fields.lr | an option that update may have changed",
                "ourlib.update(outer); x = outer.inner.lr | an option that update may have changed",
                "ourlib.update(args); args.lr = 0.2; x = args.lr | 0.2",
                "x = args.lr; ourlib.update(args) | 0.1",
                "ourlib.update(table); x = table['lr'] | an element that update may have changed",
                "args = ourlib.update(args); x = args.lr | symbolic",
                // What is used is taken to be built of them, and what shows or keeps them to leave them.
                "model = ourlib.build_model(args); x = args.lr | 0.1",
                "ourlib.print_options(args); x = args.lr | 0.1",
                "ourlib.Trainer(args); x = args.lr | 0.1",
                "wandb.init(config=args); x = args.lr | 0.1",
                "logging.info(args); x = args.lr | 0.1",
                "torch.save(args, 'a'); x = args.lr | 0.1",
                "ourlib.wrap(net); x = net.lr | 0.1",
            })
    void whatIsReadAfterwards(String program, String expected) {
        assertEquals(expected, result(program));
    }

    /** A value of a module that is not in the repository may be false. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ourlib.USE_FAST | symbolic",
                "ourlib.fast | symbolic",
                "setup | symbolic",
                "torch.backends.X_AVAILABLE | symbolic",
                "ourlib | 0.2",
                "ourlib.Mode | 0.2",
                "torch.cuda.is_available | 0.2",
                "logging.info | 0.2",
            })
    void aConditionOfALibrary(String condition, String expected) {
        assertEquals(expected, result("x = 0.1; if " + condition + ":;     x = 0.2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two = copy.deepcopy(outer); two.inner.lr = 0.2; x = outer.inner.lr | 0.1",
                "two = copy.deepcopy(outer); two.inner.lr = 0.2; x = two.inner.lr | 0.2",
                "two = copy.copy(outer); two.inner.lr = 0.2; x = outer.inner.lr | 0.2",
                "two = copy.copy(own); two.lr = 0.2; x = own.lr | 0.1",
                "two = copy.copy(table); two['inner']['lr'] = 0.2; x = table['inner']['lr'] | 0.2",
                "two = copy.deepcopy(table); two['inner']['lr'] = 0.2; x = table['inner']['lr'] | 0.1",
                "row = [0.1]; two = copy.deepcopy([row, row]); two[0].append(0.2); x = two[1][1] | 0.2",
                "row = [0.1]; row.append(row); two = copy.deepcopy(row); two[0] = 0.2; x = two[1][0] | 0.2",
                "two = dataclasses.replace(fields, lr=0.2); x = two.lr | 0.2",
                "two = dataclasses.replace(fields, lr=0.2); x = fields.lr | 0.1",
                "two = dataclasses.replace(fields, **ourlib.more()); x = two.lr | symbolic",
            })
    void copiesAreOtherObjects(String program, String expected) {
        assertEquals(expected, result(program));
    }
}
