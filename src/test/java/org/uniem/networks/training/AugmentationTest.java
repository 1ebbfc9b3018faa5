package org.uniem.networks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.uniem.job.BadParameterException;

class AugmentationTest {

  @Test
  void listSelectsWhatItNames() {
    Augmentation augmentation = Augmentation.parse(" flips, Noise ");
    assertTrue(augmentation.flips() && augmentation.noise());
    assertFalse(augmentation.blur() || augmentation.rotations() || augmentation.elastic());
    assertEquals("flips,noise", augmentation.toString());
  }

  @Test
  void everyNameSelectsItselfAlone() {
    for (String name : Augmentation.allNames()) {
      assertEquals(name, Augmentation.parse(name).toString());
    }
  }

  @Test
  void allAndNoneAreComplete() {
    assertEquals(Augmentation.ALL, Augmentation.parse("all"));
    assertEquals(Augmentation.NONE, Augmentation.parse("none"));
    assertEquals(Augmentation.NONE, Augmentation.parse(""));
    assertEquals(
        new Augmentation(true, true, true, true, true, true, true, true, true), Augmentation.ALL);
    assertEquals("all", Augmentation.ALL.toString());
    assertEquals("none", Augmentation.NONE.toString());
  }

  @Test
  void unknownNameSuggestsTheNearest() {
    assertSuggests("flip", "flips");
    assertSuggests("flips,elastik", "elastic");
    assertSuggests("rotation", "rotations");
    assertSuggests("nois", "noise");
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> Augmentation.parse("flips,,blur"));
    assertTrue(e.getMessage().contains("Give all, none or a list of flips"), e.getMessage());
  }

  private static void assertSuggests(String list, String nearest) {
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> Augmentation.parse(list));
    assertTrue(e.getMessage().contains("Did you mean '" + nearest + "'?"), e.getMessage());
  }
}
