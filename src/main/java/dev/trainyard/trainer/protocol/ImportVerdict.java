package dev.trainyard.trainer.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a look into a SavedModel that was made elsewhere has found: one JSON object. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ImportVerdict.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = ImportVerdict.Refused.class, name = "refused")
})
public sealed interface ImportVerdict {

  /**
   * It may be loaded.
   *
   * @param parameters values in its variables, as far as their shapes are known
   */
  record Accepted(long parameters) implements ImportVerdict {}

  /** It must not be loaded. */
  record Refused(List<Finding> findings) implements ImportVerdict {}

  /**
   * Something in a graph that keeps it out.
   *
   * @param where the meta graph and, in a function, its name
   * @param why goes on from the operation's name
   */
  record Finding(String operation, String node, String where, String why) {}
}
