package org.vipdrift.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  @Test
  void theNearestWordIsFoundThroughTyposAndSwappedLetters() {
    List<String> words = List.of("priority", "preempt_delay", "advert_int");

    assertThat(Suggestions.nearest("priorty", words)).contains("priority");
    assertThat(Suggestions.nearest("pirority", words)).contains("priority");
    assertThat(Suggestions.nearest("ADVERT_INT", words)).contains("advert_int");
  }

  @Test
  void aWordTooFarFromAllGivesNoSuggestion() {
    assertThat(Suggestions.nearest("xyz", List.of("priority", "state"))).isEmpty();
    assertThat(Suggestions.nearest("", List.of("a"))).isEmpty();
  }
}
