package org.uniem.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

class FilterStepsTest {

  @Test
  void textAndJsonComeBackTheSame() {
    FilterSteps steps = FilterSteps.parse("clahe block=63 slope=1.5 |gaussian  sigma=0.7|invert");
    assertEquals(
        "clahe block=63 bins=256 slope=1.5 | gaussian sigma=0.7 sigmaZ=0 | invert",
        steps.toString());
    assertEquals(steps, FilterSteps.parse(steps.toString()));
    assertEquals(steps, FilterSteps.ofJson(steps.toJson(), "pipeline.json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "gausian sigma=1; Did you mean 'gaussian'?",
        "gaussian sgma=1; Did you mean 'sigma'?",
        "gaussian sigma=-1; has sigma=-1: give 0 to 256",
        "clahe block=7.5; give a whole number from 3 to 4095",
        "gaussian sigma; has no value",
        "gaussian sigma=wide; give a number",
        "gaussian sigma=1 sigma=2; has sigma twice",
        "invert radius=1; It has none",
        "invert ||invert; an empty filter",
        "canny lower=9 upper=3; lower=9.0 above upper=3.0",
        "'  '; The pipeline is empty"
      })
  void whatCannotBeUsedIsRefusedWithAReason(String text, String reason) {
    String message =
        assertThrows(BadParameterException.class, () -> FilterSteps.parse(text)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense",
        "[]",
        "{}",
        "{\"format\": \"uniem-filters\", \"version\": 2, \"steps\": []}",
        "{\"format\": \"uniem-filters\", \"version\": 1, \"steps\": [{\"filter\": 3, \"a\": []}]}",
        "{\"format\": \"uniem-filters\", \"version\": 1, \"steps\": [7]}"
      })
  void filesThatAreNoPipelinesAreNamed(String json) {
    RuntimeException e =
        assertThrows(RuntimeException.class, () -> FilterSteps.ofJson(json, "a.json"));
    assertTrue(e instanceof BadParameterException || e instanceof BadInputException, e.toString());
  }
}
