package fr.tambour;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.tambour.LeanParts.OwnTransactions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAttribute;

/** What Spring no longer looks for at a start is nowhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeanPartsTest {

    private JavaClasses ours;

    @BeforeAll
    void read() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(LeanParts.class.getPackageName());
    }

    @Test
    void noListenerIsDeclaredByAnAnnotationSinceNobodyWouldHearIt() {
        noMethods().should().beMetaAnnotatedWith(EventListener.class).check(ours);
    }

    @Test
    void transactionsAreDeclaredAtMethodsOfClassesAndByNothingElse() {
        methods()
                .that()
                .areAnnotatedWith(Transactional.class)
                .should()
                .beDeclaredInClassesThat(Predicates.INTERFACES.negate().as("are classes"))
                .check(ours);
        noClasses()
                .that()
                .areInterfaces()
                .should()
                .beAnnotatedWith(Transactional.class)
                .check(ours);
        noMethods()
                .that()
                .areNotAnnotatedWith(Transactional.class)
                .should()
                .beMetaAnnotatedWith(Transactional.class)
                .check(ours);
    }

    static class Writes {

        @Transactional(readOnly = true)
        void reads() {}

        void nothing() {}
    }

    @Transactional
    static class WritesAlways {

        void writes() {}
    }

    @Test
    void whatIsDeclaredIsFound() throws Exception {
        OwnTransactions transactions = new OwnTransactions();
        assertThat(transactions.getTransactionAttribute(Writes.class.getDeclaredMethod("reads"), Writes.class))
                .isNotNull()
                .extracting(TransactionAttribute::isReadOnly)
                .isEqualTo(true);
        assertThat(transactions.getTransactionAttribute(Writes.class.getDeclaredMethod("nothing"), Writes.class))
                .isNull();
        assertThat(transactions.getTransactionAttribute(
                        WritesAlways.class.getDeclaredMethod("writes"), WritesAlways.class))
                .isNotNull()
                .extracting(TransactionAttribute::isReadOnly)
                .isEqualTo(false);
        assertThat(transactions.isCandidateClass(Writes.class)).isTrue();
        assertThat(transactions.isCandidateClass(Test.class)).isFalse();
    }
}
