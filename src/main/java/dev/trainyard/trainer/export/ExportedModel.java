package dev.trainyard.trainer.export;

import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.util.Map;

/**
 * A SavedModel that is in place and was tried.
 *
 * @param parameters values that its variables hold
 * @param signatures what it takes and gives, by name
 */
public record ExportedModel(long parameters, Map<String, SignatureInfo> signatures) {}
