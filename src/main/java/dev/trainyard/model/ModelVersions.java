package dev.trainyard.model;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Versions in every state; callers say which they mean. */
interface ModelVersions extends Repository<ModelVersion, String> {

  Optional<ModelVersion> findByJobId(String jobId);

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

  List<ModelVersion> findByState(VersionState state);

  @Query(
      """
      select new dev.trainyard.model.ModelView(m.name, max(v.version), count(v), m.createTime)
        from RegisteredModel m, ModelVersion v
       where v.modelName = m.name and v.state = dev.trainyard.model.VersionState.READY
         and m.name > :after
       group by m.name, m.createTime
       order by m.name
      """)
  List<ModelView> modelsAfter(String after, Limit limit);

  @Query(
      """
      select new dev.trainyard.model.ModelView(m.name, max(v.version), count(v), m.createTime)
        from RegisteredModel m, ModelVersion v
       where v.modelName = m.name and v.state = dev.trainyard.model.VersionState.READY
         and m.name = :name
       group by m.name, m.createTime
      """)
  Optional<ModelView> model(String name);

  ModelVersion saveAndFlush(ModelVersion version);

  void delete(ModelVersion version);
}
