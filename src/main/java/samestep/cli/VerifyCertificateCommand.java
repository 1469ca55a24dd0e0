package samestep.cli;

import java.security.SecureRandom;
import samestep.compare.certificate.Certificate;
import samestep.compare.certificate.CertificateCheck;
import samestep.compare.induction.Evidence;
import samestep.text.UnreadableSourceException;
import samestep.text.Visible;

/** Checks a certificate that {@code compare} wrote, at points of its own. */
final class VerifyCertificateCommand extends Command {
    static final String NAME = "verify-certificate";

    VerifyCertificateCommand() {
        super(new Options(
                        "translate " + NAME,
                        "Checks a certificate that compare --certificate wrote: the equations of both sides, at random"
                                + " points of its own, modulo primes of its own.")
                .files("the certificate; - reads standard input")
                .standardInputName()
                .footer("", "Examples:", "  translate verify-certificate proof.json"));
    }

    @Override
    int run() throws UnreadableSourceException {
        if (options().files().size() != 1) {
            return usage("name the certificate, such as: translate verify-certificate proof.json");
        }
        String file = options().files().get(0);
        if (missing(file).isPresent()) {
            return usage(missing(file).get());
        }
        CertificateCheck.Result result = CertificateCheck.of(read(file), new SecureRandom());
        if (result.certificate().isEmpty() || result.evidence().isEmpty()) {
            say("refused: " + Visible.of(result.why()));
            return Exit.NOT_PROVEN;
        }
        out().println(Visible.of(
                words(result.certificate().get(), result.evidence().get())));
        return Exit.SAME;
    }

    private static String words(Certificate certificate, Evidence own) {
        String condition =
                Certificate.condition(certificate.theorem().question().rate());
        return "proven: trainings with these equations and numbers take the same steps"
                + (condition.isEmpty() ? "" : " while " + condition) + "; checked at " + own.points()
                + " points of its own modulo each of " + own.primes().size()
                + " primes of its own; the chance of an error is at most 2^-" + own.wholeBits()
                + ". Not checked: that " + certificate.first() + " and " + certificate.second() + " say them";
    }
}
