package dev.trainyard.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignaturesTest {

  @Test
  void a_signature_with_tensors_that_java_has_none_of_is_refused_by_name() {
    TensorInfo whole = new TensorInfo("x", "INT32", List.of(-1L));
    TensorInfo small = new TensorInfo("y", "INT8", List.of(-1L));
    Map<String, SignatureInfo> signatures =
        Map.of(
            "takes", new SignatureInfo("", List.of(small), List.of(whole)),
            "gives", new SignatureInfo("", List.of(whole), List.of(small)),
            "neither", new SignatureInfo("", List.of(whole), List.of(whole)));
    for (String name : List.of("takes", "gives")) {
      assertThatThrownBy(() -> Signatures.named(signatures, name, "signature_name"))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("'" + name + "' cannot be run: 'y' is of type INT8")
          .hasMessageContaining("cast it");
    }
    assertThat(Signatures.named(signatures, "neither", "signature_name").inputs()).hasSize(1);
  }
}
