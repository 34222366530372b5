package fr.tambour.operations.internal.demonstration;

import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.Author;
import fr.tambour.conversation.Complaint;
import fr.tambour.conversation.TownAnswer;
import fr.tambour.town.TownId;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** What a demonstration answers to invented people: it stands here, and nothing leaves. */
@Component
class DemonstrationAnswers implements AnswerCarrier {

    @Override
    public String channel() {
        return Echoes.CHANNEL;
    }

    @Override
    public boolean carry(TownAnswer answer) {
        return true;
    }

    @Override
    public boolean reports(Author author) {
        return true;
    }

    @Override
    public boolean report(Complaint complaint) {
        return true;
    }

    @Override
    public void takeBack(TownAnswer answer) {}

    @Override
    public void cutOff(TownId town, Collection<Blocked> whom) {}

    @Override
    public void letIn(TownId town, Collection<Blocked> whom) {}

    @Override
    public long following(TownId town, Collection<Blocked> whom) {
        return 0;
    }
}
