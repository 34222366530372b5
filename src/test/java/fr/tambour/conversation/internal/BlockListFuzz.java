package fr.tambour.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.AnswerCarrier.Scope;

/** A list of whom to keep out, which somebody got from a stranger. */
public final class BlockListFuzz {

    private BlockListFuzz() {}

    public static void read(byte[] file) {
        try {
            BlockList.Read read = BlockList.read(file);
            assertThat(read.names().size() + read.milder() + read.unreadable())
                    .isLessThanOrEqualTo(BlockList.MOST_LINES);
            assertThat(read.names().keySet()).allSatisfy(name -> {
                String again = read.scope() == Scope.ADDRESS ? BlockList.address(name) : BlockList.name(name);
                assertThat(again).as("read again").isEqualTo(name);
            });
            assertThat(read.names().values())
                    .allSatisfy(comment ->
                            assertThat(BlockList.plain(comment)).doesNotContainPattern("^[=+\\-@\\s]|[\\n\\r\\t]"));
        } catch (BlockList.Unreadable refused) {
            assertThat(refused.code()).startsWith("conversation.list-");
        }
    }
}
