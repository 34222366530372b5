package fr.tambour.ui.internal;

import java.util.Iterator;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.context.request.WebRequest;

/**
 * Refuses {@code languages[99999]} in a form that is read into a record: no page of ours has such a field, and the binder
 * would grow a list up to that number, or fail on one that cannot grow.
 */
@ControllerAdvice
class NumberedFields {

    @InitBinder
    void refuse(WebDataBinder binder, WebRequest request) throws ServletRequestBindingException {
        if (binder.getTargetType() == null) {
            return;
        }
        for (Iterator<String> names = request.getParameterNames(); names.hasNext(); ) {
            if (names.next().indexOf('[') >= 0) {
                throw new ServletRequestBindingException("A numbered field");
            }
        }
    }
}
