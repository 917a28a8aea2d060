package dev.trainyard.model;

import dev.trainyard.model.alias.AliasName;
import dev.trainyard.project.Acting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Finds the version that a prediction is asked of, by one small query: only the database knows
 * where an alias stands now, and what has been deleted. The rest never changes, and is remembered,
 * for no number is given twice.
 */
@Component
public class ServedVersions {

  private static final int MOST = 100;

  private static final String READY =
      "select v.version from model_version v where v.model_name = ? and v.state = 'READY'"
          + " and ? in ('*', v.project)";

  private final ModelCatalog catalog;
  private final JdbcTemplate jdbc;

  /** Those asked for longest ago go first. Guarded by itself. */
  private final Map<Key, ModelVersionView> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, ModelVersionView> eldest) {
          return size() > MOST;
        }
      };

  private record Key(String model, int version) {}

  ServedVersions(ModelCatalog catalog, JdbcTemplate jdbc) {
    this.catalog = catalog;
    this.jdbc = jdbc;
  }

  /**
   * What people say of it, its aliases, description and tags, may have changed since.
   *
   * @param version a number, an alias or {@link ModelCatalog#LATEST}
   * @throws dev.trainyard.problem.ProblemException NOT_FOUND
   */
  public ModelVersionView version(String model, String version) {
    for (int number : numbers(model, version)) {
      Key key = new Key(model, number);
      ModelVersionView view;
      synchronized (known) {
        view = known.get(key);
      }
      if (view == null) {
        view = catalog.version(model, Integer.toString(number));
        if (view.signed()) { // else it may yet be
          synchronized (known) {
            known.put(key, view);
          }
        }
      }
      return view;
    }
    return catalog.version(model, version); // which says what is wrong
  }

  /** One, or none. */
  private List<Integer> numbers(String model, String version) {
    String visible = Acting.visible();
    if (version.equals(ModelCatalog.LATEST)) {
      return jdbc.queryForList(
          READY + " order by v.version desc fetch first 1 row only", Integer.class, model, visible);
    }
    if (AliasName.isValid(version)) {
      return jdbc.queryForList(
          READY
              + " and v.version ="
              + " (select a.version from model_alias a where a.model_name = ? and a.alias = ?)",
          Integer.class,
          model,
          visible,
          model,
          version);
    }
    return ModelCatalog.number(version)
        .map(
            number ->
                jdbc.queryForList(
                    READY + " and v.version = ?", Integer.class, model, visible, number))
        .orElse(List.of());
  }
}
