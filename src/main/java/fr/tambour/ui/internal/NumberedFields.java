package fr.tambour.ui.internal;

import java.util.Iterator;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.context.request.WebRequest;

/**
 * Refuses {@code languages[99999]} in a form that is read into a record: no page of ours has such a field. The binder's own
 * {@code autoGrowCollectionLimit} is no help: beyond it the list is made empty and the element set all the same, which fails
 * as a mistake of ours (500), and so does every number once the record with its fixed list is made.
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
