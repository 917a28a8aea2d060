package dev.trainyard.model.serving;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.util.List;

/**
 * What is asked of a model.
 *
 * @param isColumns whether it came as {@code inputs}, and not row by row as {@code instances}
 */
record PredictRequest(
    String signatureName, SignatureInfo signature, boolean isColumns, List<TensorData> inputs) {}
