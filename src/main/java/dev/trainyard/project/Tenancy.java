package dev.trainyard.project;

import java.util.Map;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.stereotype.Component;

/**
 * Has Hibernate show a request what belongs to its project and nothing else: what no query needs to
 * say, none can forget.
 */
@Component
class Tenancy implements CurrentTenantIdentifierResolver<String>, HibernatePropertiesCustomizer {

  @Override
  public String resolveCurrentTenantIdentifier() {
    return Acting.visible();
  }

  @Override
  public boolean isRoot(String project) {
    return project.equals(Acting.ALL);
  }

  /** A session lasts no longer than its transaction, and no transaction outlives its request. */
  @Override
  public boolean validateExistingCurrentSessions() {
    return false;
  }

  @Override
  public void customize(Map<String, Object> settings) {
    settings.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, this);
  }
}
