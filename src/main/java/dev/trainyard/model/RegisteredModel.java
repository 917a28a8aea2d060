package dev.trainyard.model;

import dev.trainyard.model.notes.Notes;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A model's name and the last version number that was given; numbers are never given again. */
@Entity
@Table(name = "model")
class RegisteredModel {

  @Id
  @Column(length = 63)
  private String name;

  @TenantId private String project;

  private int lastVersion;
  private Instant createTime;

  @Column(columnDefinition = "text")
  private @Nullable String description;

  @ElementCollection
  @CollectionTable(name = "model_tag", joinColumns = @JoinColumn(name = "model_name"))
  @MapKeyColumn(name = "tag_key")
  @Column(name = "tag_value")
  private Map<String, String> tags = new HashMap<>();

  @SuppressWarnings("NullAway.Init")
  protected RegisteredModel() {}

  RegisteredModel(String name, String project, Instant createTime) {
    this.name = name;
    this.project = project;
    this.createTime = createTime;
  }

  String project() {
    return project;
  }

  String name() {
    return name;
  }

  /** Within the transaction that it was read in, unless its tags were read with it. */
  Notes notes() {
    return Notes.of(description, tags);
  }

  void annotate(Notes notes) {
    description = notes.description();
    tags.keySet().retainAll(notes.tags().keySet());
    tags.putAll(notes.tags());
  }

  /**
   * @param aliases of all its versions
   */
  ModelView view(ModelCount count, Map<String, Integer> aliases) {
    return new ModelView(
        name,
        project,
        count.latestVersion(),
        count.versions(),
        aliases,
        description,
        notes().tags(),
        createTime);
  }

  int nextVersion() {
    lastVersion++;
    return lastVersion;
  }
}
