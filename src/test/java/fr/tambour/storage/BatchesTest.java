package fr.tambour.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

    @Test
    void allComeInTheirOrderSoManyAtATimeAndNoBatchIsEmpty() {
        assertThat(Batches.of(List.of(1, 2, 3, 4, 5), 2)).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
        assertThat(Batches.of(List.of(1, 2, 3, 4), 2)).containsExactly(List.of(1, 2), List.of(3, 4));
        assertThat(Batches.of(List.of(1), 1_000)).containsExactly(List.of(1));
        assertThat(Batches.of(List.of(), 2)).isEmpty();
    }
}
