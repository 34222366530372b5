package fr.tambour;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAttribute;

/**
 * Keeps Spring from looking through all methods of all parts at each start, which took a good tenth of it: for event
 * listeners declared by an annotation, of which there are none (a listener is an `ApplicationListener`), and for
 * transactions, which are declared at the methods of Tambour's own classes and nowhere else.
 */
final class LeanParts {

    private static final String TRANSACTIONS = "transactionAttributeSource";

    private LeanParts() {}

    static void make(BeanDefinitionRegistry parts) {
        if (parts.containsBeanDefinition(AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME)) {
            parts.removeBeanDefinition(AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME);
        }
        String own = OwnTransactions.class.getName();
        if (!own.equals(parts.getBeanDefinition(TRANSACTIONS).getBeanClassName())) {
            parts.removeBeanDefinition(TRANSACTIONS);
            RootBeanDefinition source = new RootBeanDefinition(OwnTransactions.class);
            source.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            parts.registerBeanDefinition(TRANSACTIONS, source);
        }
    }

    /** `@Transactional` where it is written, not where it could be inherited from. */
    static final class OwnTransactions extends AnnotationTransactionAttributeSource {

        private static final String OURS = LeanParts.class.getPackageName() + ".";

        OwnTransactions() {
            super(false);
        }

        @Override
        public boolean isCandidateClass(Class<?> type) {
            return type.getName().startsWith(OURS);
        }

        @Override
        protected @Nullable TransactionAttribute findTransactionAttribute(Class<?> type) {
            return type.isAnnotationPresent(Transactional.class) ? super.findTransactionAttribute(type) : null;
        }

        @Override
        protected @Nullable TransactionAttribute findTransactionAttribute(Method method) {
            return method.isAnnotationPresent(Transactional.class) ? super.findTransactionAttribute(method) : null;
        }
    }
}
