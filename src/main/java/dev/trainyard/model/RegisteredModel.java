package dev.trainyard.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A model's name and the last version number that was given; numbers are never given again. */
@Entity
@Table(name = "model")
class RegisteredModel {

  @Id
  @Column(length = 63)
  private String name;

  private int lastVersion;
  private Instant createTime;

  @SuppressWarnings("NullAway.Init")
  protected RegisteredModel() {}

  RegisteredModel(String name, Instant createTime) {
    this.name = name;
    this.createTime = createTime;
  }

  int nextVersion() {
    lastVersion++;
    return lastVersion;
  }
}
