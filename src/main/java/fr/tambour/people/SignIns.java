package fr.tambour.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Lets someone in who has proved who they are: at set-up, by accepting an invitation, on the sign-in page. */
public interface SignIns {

    /** Begins a session in this browser, ending the one that was there. */
    void begin(PersonId person, HttpServletRequest request, HttpServletResponse response);
}
