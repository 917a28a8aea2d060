package dev.trainyard.model;

import dev.trainyard.model.notes.Notes;
import dev.trainyard.model.signing.Signatures;
import dev.trainyard.model.signing.Statement;
import dev.trainyard.spec.SpecJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A version of a model, from the moment that it has a number. */
@Entity
@Table(name = "model_version")
class ModelVersion {

  @Id
  @Column(length = 36)
  private String id;

  @Column(length = 63)
  private String modelName;

  @TenantId private String project;

  private int version;

  @Column(length = 64)
  private String jobId;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  @Column(length = 16)
  private VersionState state;

  private Instant createTime;
  private long sizeBytes;

  @Column(columnDefinition = "text")
  private String details;

  @Column(columnDefinition = "text")
  private @Nullable String description;

  /** A JSON object. */
  @Column(columnDefinition = "text")
  private @Nullable String tags;

  /** Of the service over {@link #statement}. */
  @Column(length = 128)
  private @Nullable String signature;

  @SuppressWarnings("NullAway.Init")
  protected ModelVersion() {}

  /** The model's next version. */
  ModelVersion(
      RegisteredModel model,
      String jobId,
      Instant createTime,
      VersionDetails details,
      Signatures signatures) {
    this.id = UUID.randomUUID().toString();
    this.modelName = model.name();
    this.project = model.project();
    this.version = model.nextVersion();
    this.sizeBytes = details.bytes();
    this.jobId = jobId;
    this.state = VersionState.PUBLISHING;
    this.createTime = createTime;
    this.details = SpecJson.MAPPER.writeValueAsString(details);
    sign(signatures);
  }

  String modelName() {
    return modelName;
  }

  String project() {
    return project;
  }

  int version() {
    return version;
  }

  /** Of the job that made it, or of the import. */
  String origin() {
    return jobId;
  }

  VersionState state() {
    return state;
  }

  /** What a later attempt of the job exported instead, as long as nothing has been published. */
  void replaceDetails(VersionDetails replacement, Signatures signatures) {
    if (state != VersionState.PUBLISHING) {
      throw new IllegalStateException(this + " never changes");
    }
    details = SpecJson.MAPPER.writeValueAsString(replacement);
    sizeBytes = replacement.bytes();
    sign(signatures);
  }

  List<ModelFile> files() {
    return SpecJson.MAPPER.readValue(details, VersionDetails.class).files();
  }

  void sign(Signatures signatures) {
    signature = signatures.sign(statement());
  }

  boolean hasSignature() {
    return signature != null;
  }

  boolean isGenuine(Signatures signatures) {
    return signatures.isGenuine(statement(), signature);
  }

  private Statement statement() {
    return new Statement(modelName, version, jobId, details);
  }

  Notes notes() {
    return Notes.of(
        description,
        tags == null ? Map.of() : SpecJson.MAPPER.readValue(tags, new TypeReference<>() {}));
  }

  void annotate(Notes notes) {
    description = notes.description();
    tags = SpecJson.MAPPER.writeValueAsString(notes.tags());
  }

  void enter(VersionState next) {
    if (!state.allows(next)) {
      throw new IllegalStateException(this + " cannot become " + next);
    }
    state = next;
  }

  /**
   * @param aliases that stand for it
   */
  ModelVersionView view(List<String> aliases, Signatures signatures) {
    VersionDetails kept = SpecJson.MAPPER.readValue(details, VersionDetails.class);
    return new ModelVersionView(
        modelName,
        version,
        state,
        aliases,
        description,
        notes().tags(),
        createTime,
        kept.labels(),
        kept.signatures(),
        kept.metrics(),
        kept.evaluation(),
        kept.parameters(),
        kept.step(),
        kept.imported() == null ? jobId : null,
        kept.dataset(),
        kept.spec(),
        kept.warmStart(),
        kept.seed(),
        kept.attempts(),
        kept.libraryVersions(),
        kept.files(),
        kept.files().stream().mapToLong(ModelFile::bytes).sum(),
        "/api/v1/models/" + modelName + "/versions/" + version + "/download",
        kept.imported(),
        isGenuine(signatures));
  }

  @Override
  public String toString() {
    return "Version " + version + " of model '" + modelName + "' in state " + state;
  }
}
