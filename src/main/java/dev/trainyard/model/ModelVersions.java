package dev.trainyard.model;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Versions in every state; callers say which they mean. */
interface ModelVersions extends Repository<ModelVersion, String> {

  Optional<ModelVersion> findByJobId(String jobId);

  /** Holds the row until the transaction ends, as it is when nobody else holds it any more. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select v from ModelVersion v where v.jobId = :jobId")
  Optional<ModelVersion> lockByJobId(String jobId);

  boolean existsByModelNameAndVersion(String modelName, int version);

  Optional<ModelVersion> findByModelNameAndVersion(String modelName, int version);

  Optional<ModelVersion> findFirstByModelNameAndStateOrderByVersionDesc(
      String modelName, VersionState state);

  List<ModelVersion> findByModelNameAndStateAndVersionLessThanOrderByVersionDesc(
      String modelName, VersionState state, int before, Limit limit);

  @Query(
      value =
          "select v.* from model_version v join model_alias a"
              + " on a.model_name = v.model_name and a.version = v.version"
              + " where a.model_name = :modelName and a.alias = :alias and v.state = 'READY'",
      nativeQuery = true)
  Optional<ModelVersion> findByAlias(String modelName, String alias);

  List<ModelVersion> findByModelNameAndState(String modelName, VersionState state);

  List<ModelVersion> findByState(VersionState state);

  @Query(
      "select v.id from ModelVersion v where v.state <> dev.trainyard.model.VersionState.DELETING")
  List<String> ids();

  Optional<ModelVersion> findById(String id);

  /**
   * @param tags each as {@code key:value}
   * @param wanted how many of them a model must have: all
   */
  @Query(
      """
      select new dev.trainyard.model.ModelCount(v.modelName, max(v.version), count(v))
        from ModelVersion v
       where v.state = dev.trainyard.model.VersionState.READY
         and v.modelName > :after and locate(:prefix, v.modelName) = 1
         and (select count(key(t)) from RegisteredModel m join m.tags t
               where m.name = v.modelName and concat(key(t), ':', value(t)) in :tags) = :wanted
       group by v.modelName
       order by v.modelName
      """)
  List<ModelCount> modelsAfter(
      String after, String prefix, Collection<String> tags, long wanted, Limit limit);

  @Query(
      """
      select new dev.trainyard.model.ModelCount(v.modelName, max(v.version), count(v))
        from ModelVersion v
       where v.state = dev.trainyard.model.VersionState.READY and v.modelName = :name
       group by v.modelName
      """)
  Optional<ModelCount> count(String name);

  ModelVersion saveAndFlush(ModelVersion version);

  void flush();

  void delete(ModelVersion version);
}
